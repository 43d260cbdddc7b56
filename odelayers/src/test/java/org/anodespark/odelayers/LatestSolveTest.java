/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers;

import static org.assertj.core.api.Assertions.assertThat;

import org.anodespark.odelayers.adjoint.AdjointStrategy;
import org.anodespark.odelayers.adjoint.AnodeCheckpoint;
import org.anodespark.odelayers.adjoint.FullStorage;
import org.anodespark.odelayers.adjoint.Revolve;
import org.anodespark.odelayers.memory.ArrayPool;
import org.anodespark.odelayers.solver.SolveStatistics;
import org.anodespark.odelayers.solver.StepControl;
import org.anodespark.odelayers.solver.control.AdaptiveSteps;
import org.anodespark.odelayers.solver.control.FixedSteps;
import org.anodespark.odelayers.solver.rungekutta.BogackiShampine;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.linalg.lossfunctions.LossFunctions;

/** Two blocks, one after the other: the second one is differentiated first. */
class LatestSolveTest {
  private static final String IMAGES = "convolution with batch norm";
  private static final int STEPS = 3;

  @Test
  void theBlockThatIsDifferentiatedFirstRecomputesNothing() {
    MultiLayerNetwork network = differentiated(new AnodeCheckpoint(), new FixedSteps(STEPS));
    assertThat(statistics(network, 1).recomputedEvaluations()).isZero();
    assertThat(statistics(network, 1).forwardEvaluations())
        .isEqualTo(1 + STEPS * new BogackiShampine().stages());
  }

  @Test
  void theOtherOneRecomputesWhatItsStrategyDeclares() {
    MultiLayerNetwork network = differentiated(new AnodeCheckpoint(), new FixedSteps(STEPS));
    assertThat(statistics(network, 0).recomputedEvaluations())
        .isEqualTo(
            new AnodeCheckpoint().cost(STEPS, new BogackiShampine()).recomputedEvaluations());
  }

  @Test
  void aStrategyThatWouldNotKeepEverythingRecomputesInBoth() {
    AnodeCheckpoint nested = new AnodeCheckpoint(new Revolve(1));
    MultiLayerNetwork network = differentiated(nested, new FixedSteps(STEPS));
    long declared = nested.cost(STEPS, new BogackiShampine()).recomputedEvaluations();
    assertThat(statistics(network, 0).recomputedEvaluations()).isEqualTo(declared);
    assertThat(statistics(network, 1).recomputedEvaluations()).isEqualTo(declared);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void gradientsHaveTheBitsOfFullStorage(boolean adaptive) {
    StepControl control = adaptive ? new AdaptiveSteps(1e-3, 1e-3) : new FixedSteps(STEPS);
    assertThat(Bits.of(differentiated(new AnodeCheckpoint(), control).getFlattenedGradients()))
        .isEqualTo(Bits.of(differentiated(new FullStorage(), control).getFlattenedGradients()));
  }

  @Test
  void theKeptSolveAddsNothingToThePeak() {
    long anode =
        statistics(differentiated(new AnodeCheckpoint(), new FixedSteps(STEPS)), 1)
            .peakSavedBytes();
    long first =
        statistics(differentiated(new AnodeCheckpoint(), new FixedSteps(STEPS)), 0)
            .peakSavedBytes();
    assertThat(anode).isEqualTo(first);
  }

  @Test
  void allBuffersComeBack() {
    ArrayPool pool = ArrayPool.ofCurrentThread(DataType.DOUBLE);
    long before = pool.bytesInUse();
    differentiated(new AnodeCheckpoint(), new FixedSteps(STEPS)).clear();
    assertThat(pool.bytesInUse()).isEqualTo(before);
  }

  private static SolveStatistics statistics(MultiLayerNetwork network, int layer) {
    return ((OdeBlockLayer) network.getLayer(layer)).statistics();
  }

  private static MultiLayerNetwork differentiated(AdjointStrategy strategy, StepControl control) {
    NeuralNetConfiguration.ListBuilder list =
        Networks.base(new NoOp(), WorkspaceMode.ENABLED).list();
    for (int i = 0; i < 2; i++) {
      list.layer(
          new OdeBlock.Builder()
              .dynamics(Networks.DYNAMICS.get(IMAGES).get())
              .solver(new BogackiShampine())
              .stepControl(control)
              .adjoint(strategy)
              .build());
    }
    list.layer(new GlobalPoolingLayer(PoolingType.AVG));
    list.layer(
        new OutputLayer.Builder(LossFunctions.LossFunction.MSE).nOut(Networks.CLASSES).build());
    MultiLayerNetwork network =
        new MultiLayerNetwork(list.setInputType(Networks.stateType()).build());
    network.init();
    DataSet data = Networks.stateData();
    network.setInput(data.getFeatures());
    network.setLabels(data.getLabels());
    network.computeGradientAndScore();
    return network;
  }
}
