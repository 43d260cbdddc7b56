/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.benchmarks.contender;

import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.training.GradientCollector;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.anodespark.benchmarks.problem.BlockProblem;
import org.anodespark.benchmarks.problem.Facts;
import org.anodespark.benchmarks.problem.Strategies;
import org.anodespark.benchmarks.problem.TestPattern;
import org.anodespark.benchmarks.process.Ready;
import org.anodespark.benchmarks.process.Unavailable;
import org.anodespark.benchmarks.process.Workload;
import org.anodespark.benchmarks.process.WorkloadServer;

/**
 * The block in libtorch, called from Java through DJL, channels first. The variant {@code autograd}
 * has everything stored by automatic differentiation; {@code checkpointed} solves without it, and
 * once more with it for the gradient. Arrays are closed as soon as they are not needed any more, as
 * Python would.
 */
public final class LibtorchBlock implements Workload<BlockProblem> {
  private static final String AUTOGRAD = "autograd";
  private static final String CHECKPOINTED = "checkpointed";
  private static final String NATIVE_PART = "/native/lib/pytorch.properties";
  private static final Shape ONE = new Shape(1, 1);
  private static final float MOMENTUM = 0.9f;

  private BlockProblem problem;
  private NDManager manager;
  private NDArray input;
  private List<NDArray> weights;
  private NDArray scale;
  private NDArray shift;
  private NDArray runningMean;
  private NDArray runningVariance;

  /** Serves on the standard streams. */
  public static void main(String[] arguments) throws IOException {
    WorkloadServer.serve(new LibtorchBlock());
  }

  @Override
  public Class<BlockProblem> problemType() {
    return BlockProblem.class;
  }

  @Override
  public Ready prepare(BlockProblem blockProblem) throws Unavailable {
    problem = blockProblem;
    Engine engine = engine();
    if (manager != null) {
      manager.close();
    }
    manager = engine.newBaseManager();
    int c = problem.channels();
    input =
        manager.create(
            TestPattern.input(problem),
            new Shape(problem.batch(), c, problem.size(), problem.size()));
    weights =
        List.of(
            manager.create(TestPattern.weights(problem, 0), new Shape(c, c, 3, 3)),
            manager.create(TestPattern.weights(problem, 1), new Shape(c, c, 3, 3)));
    scale = manager.ones(new Shape(c));
    shift = manager.zeros(new Shape(c));
    runningMean = manager.zeros(new Shape(c));
    runningVariance = manager.ones(new Shape(c));
    return new Ready(
        "libtorch " + engine.getVersion(),
        List.of(
            new Ready.Variant(AUTOGRAD, Strategies.STORED),
            new Ready.Variant(CHECKPOINTED, Strategies.CHECKPOINTED)));
  }

  private static Engine engine() throws Unavailable {
    if (LibtorchBlock.class.getResource(NATIVE_PART) == null) {
      throw new Unavailable(
          "libtorch is not on the class path; run.sh puts it there if Maven can fetch it.");
    }
    try {
      return Engine.getEngine("PyTorch");
    } catch (EngineException e) {
      Throwable reason = e;
      while (reason.getCause() != null) {
        reason = reason.getCause();
      }
      throw new Unavailable("libtorch cannot be loaded: " + reason.getMessage());
    }
  }

  @Override
  public Map<String, Double> facts(String variant) {
    try (NDManager pass = manager.newSubManager()) {
      Gradients gradients = pass(variant, pass);
      return Map.of(
          Facts.OUTPUT_NORM,
          norm(gradients.output()),
          Facts.INPUT_GRADIENT_NORM,
          norm(gradients.input().getGradient()),
          Facts.WEIGHT_GRADIENT_NORM,
          Math.hypot(
              norm(gradients.parameters().get(0).getGradient()),
              norm(gradients.parameters().get(1).getGradient())));
    }
  }

  private static double norm(NDArray array) {
    return array.norm().toFloatArray()[0];
  }

  @Override
  public double run(String variant) {
    long before = System.nanoTime();
    try (NDManager pass = manager.newSubManager()) {
      pass(variant, pass);
      return (System.nanoTime() - before) * 1e-9;
    }
  }

  /** Leaves with gradients, and the output. */
  private record Gradients(NDArray output, NDArray input, List<NDArray> parameters) {}

  private Gradients pass(String variant, NDManager pass) {
    NDArray output = null;
    if (variant.equals(CHECKPOINTED)) {
      output = solve(leaf(input, pass, false), parameters(pass, false));
    }
    NDArray start = leaf(input, pass, true);
    List<NDArray> parameters = parameters(pass, true);
    try (GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
      NDArray end = solve(start, parameters);
      collector.backward(end);
      return new Gradients(output == null ? end : output, start, parameters);
    }
  }

  /** Weights, scales and shifts of both halves of f. */
  private List<NDArray> parameters(NDManager pass, boolean gradient) {
    return List.of(
        leaf(weights.get(0), pass, gradient),
        leaf(weights.get(1), pass, gradient),
        leaf(scale, pass, gradient),
        leaf(scale, pass, gradient),
        leaf(shift, pass, gradient),
        leaf(shift, pass, gradient));
  }

  /** The same numbers as an array without a gradient of earlier passes, to which it would add. */
  private static NDArray leaf(NDArray array, NDManager pass, boolean gradient) {
    NDArray leaf = array.stopGradient();
    leaf.attach(pass);
    leaf.setRequiresGradient(gradient);
    return leaf;
  }

  private NDArray solve(NDArray start, List<NDArray> parameters) {
    double h = problem.stepLength();
    NDArray y = start;
    for (int step = 0; step < problem.steps(); step++) {
      NDArray next =
          switch (problem.method()) {
            case EULER -> eulerStep(y, h, state -> field(state, parameters));
            case RK4 -> classicStep(y, h, state -> field(state, parameters));
          };
      if (y != start) {
        y.close();
      }
      y = next;
    }
    return y;
  }

  private static NDArray eulerStep(NDArray y, double h, UnaryOperator<NDArray> field) {
    try (NDArray slope = field.apply(y)) {
      return plus(y, h, slope);
    }
  }

  private static NDArray classicStep(NDArray y, double h, UnaryOperator<NDArray> field) {
    try (NDArray k1 = field.apply(y);
        NDArray y2 = plus(y, h / 2, k1);
        NDArray k2 = field.apply(y2);
        NDArray y3 = plus(y, h / 2, k2);
        NDArray k3 = field.apply(y3);
        NDArray y4 = plus(y, h, k3);
        NDArray k4 = field.apply(y4);
        NDArray sum1 = plus(k1, 2, k2);
        NDArray sum2 = plus(sum1, 2, k3);
        NDArray sum3 = sum2.add(k4)) {
      return plus(y, h / 6, sum3);
    }
  }

  /** a + factor b. */
  private static NDArray plus(NDArray a, double factor, NDArray b) {
    try (NDArray scaled = b.mul(factor)) {
      return a.add(scaled);
    }
  }

  private NDArray field(NDArray y, List<NDArray> parameters) {
    try (NDArray middle = half(y, 0, parameters)) {
      return half(middle, 1, parameters);
    }
  }

  /** Convolution, batch norm, ReLU. */
  private NDArray half(NDArray x, int number, List<NDArray> parameters) {
    try (NDArray convolved =
            Conv2d.conv2d(x, parameters.get(number), null, ONE, ONE, ONE).singletonOrThrow();
        NDArray normalised =
            BatchNorm.batchNorm(
                    convolved,
                    runningMean,
                    runningVariance,
                    parameters.get(2 + number),
                    parameters.get(4 + number),
                    1,
                    MOMENTUM,
                    (float) TestPattern.EPSILON,
                    true)
                .singletonOrThrow()) {
      return Activation.relu(normalised);
    }
  }
}
