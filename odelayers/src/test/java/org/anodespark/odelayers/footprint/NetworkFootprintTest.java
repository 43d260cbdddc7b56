/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.footprint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.ref.Reference;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.anodespark.odelayers.Bits;
import org.anodespark.odelayers.NativeBytes;
import org.anodespark.odelayers.adjoint.AdjointStrategy;
import org.anodespark.odelayers.adjoint.AnodeCheckpoint;
import org.anodespark.odelayers.adjoint.FullStorage;
import org.anodespark.odelayers.adjoint.StepCheckpoint;
import org.anodespark.odelayers.failure.FailureReason;
import org.anodespark.odelayers.failure.OdeSolveException;
import org.anodespark.odelayers.kernel.Precision;
import org.anodespark.odelayers.memory.ArrayPool;
import org.anodespark.odelayers.network.FieldNormalization;
import org.anodespark.odelayers.network.Normalization;
import org.anodespark.odelayers.network.OdeBlockSettings;
import org.anodespark.odelayers.network.ResidualOdeNetwork;
import org.anodespark.odelayers.solver.control.FixedSteps;
import org.anodespark.odelayers.solver.rungekutta.ExplicitMidpoint;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Nesterovs;

@Timeout(300)
class NetworkFootprintTest {
  private static final int SIDE = 16;
  private static final int CLASSES = 10;
  private static final int EXAMPLES = 40;
  private static final int PASSES = 5;

  /** A few arrays of a few numbers, which ND4J makes once and keeps. */
  private static final long CONSTANTS = 1024;

  static Stream<Arguments> blocks() {
    return Stream.of(
        Arguments.of(new FullStorage(), Precision.NETWORK),
        Arguments.of(new AnodeCheckpoint(), Precision.NETWORK),
        Arguments.of(new StepCheckpoint(), Precision.NETWORK),
        Arguments.of(new AnodeCheckpoint(), Precision.BFLOAT16));
  }

  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("blocks")
  void foreseesWhatTrainingTakes(AdjointStrategy adjoint, Precision precision) throws Exception {
    MultiDataSet minibatch = minibatch(EXAMPLES);

    long foreseen =
        NetworkFootprint.measure(network(adjoint, precision), NetworkFootprintTest::minibatch)
            .training(EXAMPLES)
            .total();

    long taken = taken(() -> network(adjoint, precision), graph -> graph.fit(minibatch));
    assertThat(foreseen).isBetween(taken, taken + taken / 10);
  }

  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("blocks")
  void foreseesWhatPredictionTakes(AdjointStrategy adjoint, Precision precision) throws Exception {
    MultiDataSet minibatch = minibatch(EXAMPLES);

    long foreseen =
        NetworkFootprint.measure(network(adjoint, precision), NetworkFootprintTest::minibatch)
            .prediction()
            .at(EXAMPLES)
            .total();

    long taken =
        taken(() -> network(adjoint, precision), graph -> graph.output(minibatch.getFeatures()));
    assertThat(foreseen).isBetween(taken, taken + taken / 10);
  }

  @Test
  void aNetworkThatOnlyPredictsIsForeseenWithoutLabels() {
    ComputationGraph network = network(new AnodeCheckpoint(), Precision.NETWORK);

    assertThat(
            NetworkFootprint.measurePrediction(
                    network, examples -> minibatch(examples).getFeatures(0))
                .at(EXAMPLES))
        .isEqualTo(
            NetworkFootprint.measure(network, NetworkFootprintTest::minibatch)
                .prediction()
                .at(EXAMPLES));
  }

  @Test
  void strategiesDifferInPooledArraysOnly() {
    Footprint full = training(new FullStorage());
    Footprint perStep = training(new StepCheckpoint());

    assertThat(full.buffers()).isGreaterThan(perStep.buffers() * 5 / 4);
    assertThat(withoutBuffers(full)).isEqualTo(withoutBuffers(perStep));
  }

  @Test
  void theNetworkStaysAsItWasBitForBit() {
    ComputationGraph network = network(new AnodeCheckpoint(), Precision.NETWORK);
    network.fit(minibatch(3));
    List<INDArray> arrays =
        List.of(
            network.params(),
            network.getFlattenedGradients(),
            network.getUpdater().getStateViewArray());
    List<double[]> before = arrays.stream().map(Bits::of).toList();

    NetworkFootprint.measure(network, NetworkFootprintTest::minibatch);

    assertThat(arrays.stream().map(Bits::of))
        .usingElementComparator(Arrays::compare)
        .isEqualTo(before);
    assertThat(network.getIterationCount()).isEqualTo(1);
  }

  @Test
  void theMemoryOfTheCopyIsGivenBack() throws InterruptedException {
    ComputationGraph network = network(new FullStorage(), Precision.NETWORK);
    NetworkFootprint.measure(network, NetworkFootprintTest::minibatch);
    long before = NativeBytes.inUse();
    long ofThisThread = ArrayPool.bytesOfCurrentThread();

    NetworkFootprint.measure(network, NetworkFootprintTest::minibatch);

    NativeBytes.assertComeDownTo(before + CONSTANTS);
    assertThat(ArrayPool.bytesOfCurrentThread()).isEqualTo(ofThisThread);
  }

  @Test
  void aSolveThatFailsReachesTheCallerAndLeavesNoMemoryBehind() throws InterruptedException {
    ComputationGraph network = network(new FullStorage(), Precision.NETWORK);
    NetworkFootprint.measure(network, NetworkFootprintTest::minibatch);
    long before = NativeBytes.inUse();

    network.params().assign(1e30);
    assertThatThrownBy(() -> NetworkFootprint.measure(network, NetworkFootprintTest::minibatch))
        .isInstanceOfSatisfying(
            OdeSolveException.class,
            e -> assertThat(e.reason()).isEqualTo(FailureReason.NON_FINITE_DYNAMICS));

    NativeBytes.assertComeDownTo(before + CONSTANTS);
  }

  private static Footprint training(AdjointStrategy adjoint) {
    return NetworkFootprint.measure(
            network(adjoint, Precision.NETWORK), NetworkFootprintTest::minibatch)
        .training(EXAMPLES);
  }

  private static Footprint withoutBuffers(Footprint all) {
    return new Footprint(
        all.parameters(), all.gradients(), all.updaterState(), all.workspaces(), 0, 0);
  }

  /**
   * Native bytes of a network that has worked on a new thread, which is still there, with the
   * workspaces of that thread. Measured again if what earlier tests had left went away meanwhile.
   */
  private static long taken(Supplier<ComputationGraph> networks, Consumer<ComputationGraph> work)
      throws Exception {
    while (true) {
      long before = NativeBytes.inUse();
      long during =
          onNewThread(
              () -> {
                ComputationGraph network = networks.get();
                try {
                  for (int pass = 0; pass < PASSES; pass++) {
                    work.accept(network);
                  }
                  return NativeBytes.inUse()
                      + Nd4j.getWorkspaceManager().getAllWorkspacesForCurrentThread().stream()
                          .mapToLong(MemoryWorkspace::getCurrentSize)
                          .sum();
                } finally {
                  Reference.reachabilityFence(network);
                }
              });
      if (Math.abs(NativeBytes.inUse() - before) < CONSTANTS) {
        return during - before;
      }
    }
  }

  private static <T> T onNewThread(Callable<T> work) throws Exception {
    FutureTask<T> task = new FutureTask<>(work);
    new Thread(task).start();
    return task.get();
  }

  private static ComputationGraph network(AdjointStrategy adjoint, Precision precision) {
    ComputationGraph network =
        new ComputationGraph(
            new ResidualOdeNetwork(
                    List.of(16, 32),
                    1,
                    new Normalization(FieldNormalization.NONE, 0.9),
                    new OdeBlockSettings(
                        new ExplicitMidpoint(), new FixedSteps(3), adjoint, List.of(), precision))
                .configure(
                    new NeuralNetConfiguration.Builder()
                        .seed(1)
                        .dataType(DataType.FLOAT)
                        .updater(new Nesterovs(0.1, 0.9)),
                    SIDE,
                    SIDE,
                    3,
                    CLASSES));
    network.init();
    return network;
  }

  private static MultiDataSet minibatch(int examples) {
    INDArray labels = Nd4j.zeros(DataType.FLOAT, examples, CLASSES);
    for (int i = 0; i < examples; i++) {
      labels.putScalar(i, i % CLASSES, 1.0);
    }
    return new MultiDataSet(Nd4j.zeros(DataType.FLOAT, examples, SIDE, SIDE, 3), labels);
  }
}
