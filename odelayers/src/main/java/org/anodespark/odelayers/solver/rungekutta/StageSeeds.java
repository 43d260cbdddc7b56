/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.solver.rungekutta;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import org.anodespark.odelayers.kernel.LinearCombination;
import org.anodespark.odelayers.memory.ArrayPool;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The gradient of a loss with respect to the slopes of a step, to the arguments of its stages and
 * to the states at its ends, as far as the loss looks at those directly and not at what follows
 * from the step. A few arrays from which all of it is combined.
 */
final class StageSeeds {
  /** Of a loss that looks at no stage. */
  static final StageSeeds NONE = new StageSeeds();

  private final List<INDArray> arrays = new ArrayList<>();
  private final List<IntToDoubleFunction> slopes = new ArrayList<>();
  private final List<INDArray> start = new ArrayList<>();
  private final List<INDArray> end = new ArrayList<>();
  private final List<ArgumentSeed> arguments = new ArrayList<>();

  /**
   * Adds to the gradients with respect to the slopes.
   *
   * @param array borrowed, the seeds' from now on
   * @param coefficients of the array, by stage
   */
  void toSlopes(INDArray array, IntToDoubleFunction coefficients) {
    arrays.add(array);
    slopes.add(coefficients);
  }

  /** Adds to the gradient with respect to y before the step; takes over the array. */
  void toStart(INDArray array) {
    start.add(array);
  }

  /** Adds to the gradient with respect to y behind the step; takes over the array. */
  void toEnd(INDArray array) {
    end.add(array);
  }

  /** Adds to the gradient with respect to the argument of a stage; takes over the array. */
  void toArgument(int stage, INDArray array) {
    arguments.add(new ArgumentSeed(stage, 1.0, array, true));
  }

  /** Takes the array off the gradient with respect to the argument of a stage, not over. */
  void fromArgument(int stage, INDArray array) {
    arguments.add(new ArgumentSeed(stage, -1.0, array, false));
  }

  /** What the gradients with respect to the slopes are combined from. */
  List<INDArray> arrays() {
    return arrays;
  }

  /** The coefficient of array {@code index} in the gradient with respect to a slope. */
  double ofSlope(int stage, int index) {
    return slopes.get(index).applyAsDouble(stage);
  }

  void addToSlope(int stage, INDArray gradient) {
    for (int i = 0; i < arrays.size(); i++) {
      LinearCombination.add(gradient, ofSlope(stage, i), arrays.get(i));
    }
  }

  void addToArgument(int stage, INDArray gradient) {
    for (ArgumentSeed seed : arguments) {
      if (seed.stage == stage) {
        LinearCombination.add(gradient, seed.factor, seed.array);
      }
    }
  }

  void addToStart(INDArray gradient) {
    start.forEach(array -> LinearCombination.add(gradient, 1.0, array));
  }

  void addToEnd(INDArray gradient) {
    end.forEach(array -> LinearCombination.add(gradient, 1.0, array));
  }

  void giveBack(ArrayPool pool) {
    arrays.forEach(pool::giveBack);
    start.forEach(pool::giveBack);
    end.forEach(pool::giveBack);
    arguments.stream().filter(ArgumentSeed::owned).map(ArgumentSeed::array).forEach(pool::giveBack);
  }

  /**
   * A part of the gradient with respect to the argument of a stage.
   *
   * @param owned whether the array is given back with the seeds
   */
  private record ArgumentSeed(int stage, double factor, INDArray array, boolean owned) {}
}
