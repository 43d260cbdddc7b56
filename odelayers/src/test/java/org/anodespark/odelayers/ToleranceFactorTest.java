/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers;

import static org.assertj.core.api.Assertions.assertThat;

import org.anodespark.odelayers.schedule.ExponentialAnnealing;
import org.anodespark.odelayers.solver.StepControl;
import org.anodespark.odelayers.solver.control.AdaptiveSteps;
import org.anodespark.odelayers.solver.rungekutta.Tsitouras;
import org.anodespark.odelayers.stochastic.rungekutta.Sosri;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.linalg.schedule.ScheduleType;

/** Blocks whose tolerances follow the training. */
class ToleranceFactorTest {
  private static final double TOLERANCE = 1e-4;

  /** 100, 10, 1, 1 ... */
  private static final AdaptiveSteps FALLING =
      new AdaptiveSteps.Builder(TOLERANCE, TOLERANCE)
          .toleranceFactor(new ExponentialAnnealing(ScheduleType.ITERATION, 100, 1, 2))
          .build();

  @Test
  void anOdeBlockTrainsWithTheTolerancesOfTheIteration() {
    assertFollowsTheIterations(ode(FALLING), ode(fixed(100)), ode(fixed(1)));
  }

  @Test
  void anSdeBlockTrainsWithTheTolerancesOfTheIteration() {
    assertFollowsTheIterations(sde(FALLING), sde(fixed(100)), sde(fixed(1)));
  }

  private static void assertFollowsTheIterations(Layer falling, Layer coarse, Layer fine) {
    MultiLayerNetwork network = network(falling);
    DataSet data = Networks.data("dense");
    assertThat(trained(network, data)).isEqualTo(trained(network(coarse), data));
    assertThat(trained(network, data)).isNotEqualTo(trained(network(fine), data));
    network.getLayer(1).setIterationCount(2);
    assertThat(trained(network, data)).isEqualTo(trained(network(fine), data));
  }

  @Test
  void predictsWithTheTolerancesThemselves() {
    INDArray x = Networks.data("dense").getFeatures();
    assertThat(Bits.of(network(ode(FALLING)).output(x)))
        .isEqualTo(Bits.of(network(ode(fixed(1))).output(x)));
    assertThat(Bits.of(network(sde(FALLING)).output(x)))
        .isEqualTo(Bits.of(network(sde(fixed(1))).output(x)));
  }

  @Test
  void aNetworkThatTrainsBecomesFiner() {
    MultiLayerNetwork network = network(ode(FALLING));
    DataSet data = Networks.data("dense");
    long[] evaluations = new long[3];
    for (int i = 0; i < 3; i++) {
      network.fit(data);
      evaluations[i] = ((OdeBlockLayer) network.getLayer(1)).statistics().forwardEvaluations();
    }
    assertThat(evaluations[2]).isGreaterThan(evaluations[0]);
  }

  private static double[] trained(MultiLayerNetwork network, DataSet data) {
    Nd4j.getRandom().setSeed(5);
    return Bits.of(network.output(data.getFeatures(), true));
  }

  private static StepControl fixed(double factor) {
    return new AdaptiveSteps(factor * TOLERANCE, factor * TOLERANCE);
  }

  private static Layer ode(StepControl control) {
    return new OdeBlock.Builder()
        .dynamics(Networks.DYNAMICS.get("dense").get())
        .interval(0, 4)
        .solver(new Tsitouras())
        .stepControl(control)
        .build();
  }

  private static Layer sde(StepControl control) {
    return SdeBlockTest.builder()
        .interval(0, 0.05)
        .solver(new Sosri())
        .stepControl(control)
        .build();
  }

  private static MultiLayerNetwork network(Layer block) {
    return Networks.network("dense", block, WorkspaceMode.ENABLED, new NoOp());
  }
}
