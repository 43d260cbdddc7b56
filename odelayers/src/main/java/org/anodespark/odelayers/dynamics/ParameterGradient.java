/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.dynamics;

import java.util.List;
import org.anodespark.odelayers.kernel.LinearCombination;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The sum of the parameter gradients of many pullbacks through the same layers.
 *
 * <p>DL4J layers overwrite their gradient views, so somebody else has to add up: this class does,
 * in the order of the pullbacks, which makes the sum reproducible to the bit. Pseudo-gradients (the
 * running statistics of batch normalisation, which DL4J subtracts as they are) are averaged over
 * the pullbacks that write them instead: summed, they would move the running mean by the number of
 * evaluations times too much.
 *
 * <p>DL4J gives no gradient view to layers without parameters, so nothing is attached for them: the
 * sum is null then, and the rest does nothing.
 */
public final class ParameterGradient {
  private INDArray view;
  private INDArray sum;
  private List<Average> pseudoGradients = List.of();

  /**
   * Says where the layers leave their gradients; DL4J decides that after the first forward pass.
   *
   * @param view the gradient view that the layers write into, {@code [1, P]} or {@code [P]}
   * @param pseudoGradients the parts of {@code view} that are averaged
   */
  public void attach(INDArray view, List<PseudoGradient> pseudoGradients) {
    this.view = view.reshape(view.length());
    this.sum = this.view.ulike();
    this.pseudoGradients = pseudoGradients.stream().map(Average::new).toList();
  }

  /** Forgets all pullbacks. */
  public void reset() {
    if (view == null) {
      return;
    }
    sum.assign(0.0);
    pseudoGradients.forEach(Average::reset);
  }

  /**
   * The sum so far, {@code [P]}, without pseudo-gradients; whoever needs to may overwrite it. Null
   * if there are no parameters.
   */
  public INDArray sum() {
    return sum;
  }

  /**
   * Adds what the layers have left in their gradient view.
   *
   * @param scale factor of the gradients; pseudo-gradients have none
   */
  public void addView(double scale) {
    if (view == null) {
      return;
    }
    pseudoGradients.forEach(Average::take);
    LinearCombination.add(sum, scale, view);
  }

  /** Puts the result into the gradient view, where DL4J's updater reads it. */
  public void writeToView() {
    if (view == null) {
      return;
    }
    view.assign(sum);
    pseudoGradients.forEach(Average::put);
  }

  /** The average of one pseudo-gradient over the pullbacks that have written it. */
  private static final class Average {
    private final PseudoGradient source;
    private final INDArray sum;
    private long count;

    Average(PseudoGradient source) {
      this.source = source;
      sum = source.slice().ulike();
    }

    void reset() {
      sum.assign(0.0);
      count = 0;
    }

    /** Adds what the latest pullback has left, and takes it away. */
    void take() {
      if (source.written().getAsBoolean()) {
        sum.addi(source.slice());
        source.slice().assign(0.0);
        count++;
      }
    }

    void put() {
      source.slice().assign(sum.divi(Math.max(1, count)));
    }
  }
}
