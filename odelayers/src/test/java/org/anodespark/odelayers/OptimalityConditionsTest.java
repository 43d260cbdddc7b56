/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.function.DoubleBinaryOperator;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.anodespark.odelayers.adjoint.AnodeCheckpoint;
import org.anodespark.odelayers.evolution.BoundedEvolution;
import org.anodespark.odelayers.evolution.ReactionDiffusionAdvection;
import org.anodespark.odelayers.layer.ChannelsLastConvolution;
import org.anodespark.odelayers.layer.EvolutionTiming;
import org.anodespark.odelayers.layer.WeightEvolution;
import org.anodespark.odelayers.solver.rungekutta.ClassicRungeKutta;
import org.anodespark.odelayers.solver.rungekutta.Euler;
import org.anodespark.odelayers.solver.rungekutta.ExplicitRungeKutta;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The optimality conditions of ANODEV2 (Zhang et al., NeurIPS 2019), which the block does not use:
 * with small steps its exact discrete gradient comes to what they say. z' = tanh(W z) of three
 * numbers, W' = q(W; rho); their multipliers alpha of the state and beta of the weights satisfy
 *
 * <pre>
 *   alpha(1) = -dJ/dz(1),  -alpha' = (df/dz)^T alpha
 *   beta(1) = 0,           -beta'  = (dq/dw)^T beta + (df/dw)^T alpha
 *   dJ/dw0 = -beta(0),     dJ/dp   = -integral of (dq/dp)^T beta
 * </pre>
 */
class OptimalityConditionsTest {
  private static final int SIZE = 3;
  private static final int FINE = 4000;

  private static final double[] STATE = {0.7, -0.4, 1.1};
  private static final double[] LOSS_GRADIENT = {1, -2, 0.5};
  private static final double[] REACTION = {0.8, -0.5, 1.2};
  private static final double[] WEIGHTS = {0.9, -0.7, 0.4, 1.2, 0.3, -1, -0.6, 0.8, 0.5};

  /**
   * An equation of the weights, entry by entry.
   *
   * @param slope q(w; rho)
   * @param byWeight dq/dw
   * @param byReaction dq/drho
   * @param evolution of the block, by steps in [0, 1]
   */
  private record Equation(
      String name,
      DoubleBinaryOperator slope,
      DoubleBinaryOperator byWeight,
      DoubleBinaryOperator byReaction,
      IntFunction<WeightEvolution> evolution) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Arguments> equationsAndMethods() {
    return Stream.<ExplicitRungeKutta>of(new Euler(), new ClassicRungeKutta())
        .flatMap(
            method ->
                Stream.of(
                    Arguments.of(
                        new Equation(
                            "linear",
                            (w, rho) -> rho * w,
                            (w, rho) -> rho,
                            (w, rho) -> w,
                            steps -> new ReactionDiffusionAdvection()),
                        method),
                    Arguments.of(
                        new Equation(
                            "bounded",
                            (w, rho) -> Math.tanh(rho * w),
                            (w, rho) -> rho / square(Math.cosh(rho * w)),
                            (w, rho) -> w / square(Math.cosh(rho * w)),
                            steps -> new BoundedEvolution(method, steps)),
                        method)));
  }

  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("equationsAndMethods")
  void holdInTheLimitOfSmallSteps(Equation equation, ExplicitRungeKutta method) {
    double[] expected = byTheConditions(equation);
    double coarse = distance(ofTheBlock(equation, method, 20), expected);
    double fine = distance(ofTheBlock(equation, method, 40), expected);
    assertThat(Math.log(coarse / fine) / Math.log(2))
        .isBetween(method.order() - 0.2, method.order() + 0.2);
  }

  /** The gradient by w0 and behind it that by rho, from the block. */
  private static double[] ofTheBlock(Equation equation, ExplicitRungeKutta method, int steps) {
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .dataType(DataType.DOUBLE)
                .list()
                .layer(
                    new OdeBlock.Builder()
                        .dynamics(
                            new ChannelsLastConvolution.Builder(1, 1)
                                .nOut(SIZE)
                                .hasBias(false)
                                .activation(Activation.TANH)
                                .build())
                        .evolution(equation.evolution.apply(steps), EvolutionTiming.ALONGSIDE)
                        .solver(method)
                        .steps(steps)
                        .adjoint(new AnodeCheckpoint())
                        .build())
                .setInputType(InputType.convolutional(1, 1, SIZE, CNN2DFormat.NHWC))
                .build());
    network.init();
    network.initGradientsView();
    Layer block = network.getLayer(0);
    block.setParam("0.W", Nd4j.createFromArray(WEIGHTS).reshape(SIZE, SIZE, 1, 1));
    block.setParam("0.reaction", Nd4j.createFromArray(REACTION));
    LayerWorkspaceMgr workspaces = LayerWorkspaceMgr.noWorkspaces();
    block.activate(image(STATE), true, workspaces);
    Gradient gradient = block.backpropGradient(image(LOSS_GRADIENT), workspaces).getFirst();
    double[] result = Arrays.copyOf(flat(gradient, "0.W"), WEIGHTS.length + SIZE);
    System.arraycopy(flat(gradient, "0.reaction"), 0, result, WEIGHTS.length, SIZE);
    return result;
  }

  private static INDArray image(double[] channels) {
    return Nd4j.createFromArray(channels).reshape(1, 1, 1, SIZE);
  }

  private static double[] flat(Gradient gradient, String parameter) {
    return gradient.getGradientFor(parameter).dup('c').reshape(-1).toDoubleVector();
  }

  /** The same from the conditions, by many steps of a method of order 4. */
  private static double[] byTheConditions(Equation equation) {
    Layout all = new Layout();
    double[] y = new double[all.length];
    System.arraycopy(STATE, 0, y, all.state, SIZE);
    System.arraycopy(WEIGHTS, 0, y, all.weights, WEIGHTS.length);
    // alpha = 0 leaves beta and the integral at 0 on the way forwards
    y = solve(equation, all, y, 1.0 / FINE);
    for (int c = 0; c < SIZE; c++) {
      y[all.alpha + c] = -LOSS_GRADIENT[c];
    }
    y = solve(equation, all, y, -1.0 / FINE);
    double[] result = new double[WEIGHTS.length + SIZE];
    for (int i = 0; i < WEIGHTS.length; i++) {
      result[i] = -y[all.beta + i];
    }
    // integrated backwards, from 1 to 0
    System.arraycopy(y, all.integral, result, WEIGHTS.length, SIZE);
    return result;
  }

  /** Where what is in the vector of all unknowns. */
  private static final class Layout {
    private final int state = 0;
    private final int weights = SIZE;
    private final int alpha = weights + SIZE * SIZE;
    private final int beta = alpha + SIZE;
    private final int integral = beta + SIZE * SIZE;
    private final int length = integral + SIZE;
  }

  private static double[] slope(Equation equation, Layout all, double[] y) {
    double[] slope = new double[y.length];
    for (int c = 0; c < SIZE; c++) {
      double sum = 0;
      for (int j = 0; j < SIZE; j++) {
        sum += y[all.weights + c * SIZE + j] * y[all.state + j];
      }
      double f = Math.tanh(sum);
      double weighted = (1 - f * f) * y[all.alpha + c];
      slope[all.state + c] = f;
      for (int j = 0; j < SIZE; j++) {
        int entry = c * SIZE + j;
        double w = y[all.weights + entry];
        double beta = y[all.beta + entry];
        slope[all.weights + entry] = equation.slope.applyAsDouble(w, REACTION[c]);
        slope[all.alpha + j] -= weighted * w;
        slope[all.beta + entry] =
            -equation.byWeight.applyAsDouble(w, REACTION[c]) * beta - weighted * y[all.state + j];
        slope[all.integral + c] += equation.byReaction.applyAsDouble(w, REACTION[c]) * beta;
      }
    }
    return slope;
  }

  private static double[] solve(Equation equation, Layout all, double[] start, double h) {
    double[] y = start;
    for (int n = 0; n < FINE; n++) {
      double[] k1 = slope(equation, all, y);
      double[] k2 = slope(equation, all, plus(y, h / 2, k1));
      double[] k3 = slope(equation, all, plus(y, h / 2, k2));
      double[] k4 = slope(equation, all, plus(y, h, k3));
      y = plus(plus(plus(plus(y, h / 6, k1), h / 3, k2), h / 3, k3), h / 6, k4);
    }
    return y;
  }

  private static double[] plus(double[] y, double factor, double[] k) {
    double[] sum = y.clone();
    for (int i = 0; i < sum.length; i++) {
      sum[i] += factor * k[i];
    }
    return sum;
  }

  private static double distance(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += square(a[i] - b[i]);
    }
    return Math.sqrt(sum);
  }

  private static double square(double number) {
    return number * number;
  }
}
