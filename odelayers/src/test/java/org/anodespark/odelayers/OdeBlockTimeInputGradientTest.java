/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.stream.Stream;
import org.anodespark.odelayers.adjoint.AdjointStrategy;
import org.anodespark.odelayers.adjoint.AnodeCheckpoint;
import org.anodespark.odelayers.adjoint.FullStorage;
import org.anodespark.odelayers.dynamics.TimeAsChannel;
import org.anodespark.odelayers.dynamics.TimeAsScale;
import org.anodespark.odelayers.dynamics.TimeInput;
import org.anodespark.odelayers.solver.StepMethod;
import org.anodespark.odelayers.solver.rungekutta.DormandPrince;
import org.anodespark.odelayers.solver.rungekutta.ExplicitMidpoint;
import org.deeplearning4j.gradientcheck.GradientCheckUtil;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.NoOp;

/** Gradients of networks whose dynamics depend on time, in double precision. */
class OdeBlockTimeInputGradientTest {
  @BeforeAll
  static void useDoublePrecision() {
    Nd4j.setDefaultDataTypes(DataType.DOUBLE, DataType.DOUBLE);
  }

  @AfterAll
  static void restorePrecision() {
    Nd4j.setDefaultDataTypes(DataType.FLOAT, DataType.FLOAT);
  }

  static Stream<Arguments> gradientCases() {
    return Stream.of(Layout.ROWS, Layout.CHANNELS_LAST, Layout.STOCK_CHANNELS_FIRST)
        .flatMap(
            layout ->
                Stream.of(new TimeAsChannel(), new TimeAsScale(0.5, -1.5))
                    .flatMap(
                        timeInput ->
                            Stream.of(new ExplicitMidpoint(), new DormandPrince())
                                .flatMap(
                                    method ->
                                        Stream.of(new FullStorage(), new AnodeCheckpoint())
                                            .map(
                                                strategy ->
                                                    Arguments.of(
                                                        layout, timeInput, method, strategy)))));
  }

  @ParameterizedTest(name = "{0}, {1}, {2}, {3}")
  @MethodSource("gradientCases")
  void hasGradientsThatAgreeWithCentralDifferences(
      Layout layout, TimeInput timeInput, StepMethod method, AdjointStrategy strategy) {
    OdeBlock block =
        new OdeBlock.Builder()
            .dynamics(layout.layer(0, 2, Activation.IDENTITY), new ActivationLayer(Activation.TANH))
            .timeInput(timeInput)
            .interval(-0.5, 1.0)
            .solver(method)
            .steps(1)
            .adjoint(strategy)
            .build();
    DataSet data = layout.data();
    assertThat(
            GradientCheckUtil.checkGradients(
                new GradientCheckUtil.MLNConfig()
                    .net(layout.classifier(block, new NoOp()))
                    .input(data.getFeatures())
                    .labels(data.getLabels())
                    .epsilon(1e-6)
                    .maxRelError(1e-3)
                    .minAbsoluteError(1e-8)
                    .print(GradientCheckUtil.PrintMode.ZEROS)
                    .exitOnFirstError(false)
                    // the entry's bias shows the gradient of the state, and is much smaller
                    .excludeParams(Set.of("0_W"))))
        .isTrue();
  }
}
