/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.anodespark.odelayers.adjoint.AnodeCheckpoint;
import org.anodespark.odelayers.kernel.Precision;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;

class AugmentedOdeNetworkTest extends OdeNetworkContractTest {
  @Override
  ComputationGraphConfiguration small(
      OdeBlockSettings block, NeuralNetConfiguration.Builder base, int size, int classes) {
    return new AugmentedOdeNetwork(2, 4, 0.9, block)
        .configure(base, size, size, channels(), classes);
  }

  @Override
  int channels() {
    return 3;
  }

  @Test
  void hasTheParametersOfThePaperForCifar10() {
    ComputationGraph graph = graphForCifar10();
    int added = 3 * 3 * 3 * 5 + 5;
    int norms = 2 * (8 + 64 + 64);
    int field = 3 * 3 * ((8 + 1) * 64 + (64 + 1) * 64 + (64 + 1) * 8) + 8;
    int map = 3 * 3 * 8 + 1;
    int classifier = 32 * 32 * 10 + 10;
    boolean[] statistics = runningStatistics(graph);
    long learned = IntStream.range(0, statistics.length).filter(i -> !statistics[i]).count();
    assertThat(learned).isEqualTo(added + norms + field + map + classifier).isEqualTo(58_047);
    assertThat(graph.numParams()).isEqualTo(learned + norms).isEqualTo(58_319);
  }

  @Test
  void keepsTheImageBesideTheAddedChannels() {
    ComputationGraph graph = graphForCifar10();
    var images = Nd4j.rand(DataType.FLOAT, 2, 32, 32, 3);
    var activations = graph.feedForward(images, false);
    assertThat(activations.get("augmented").shape()).containsExactly(2, 32, 32, 8);
    for (int channel = 0; channel < 3; channel++) {
      assertThat(activations.get("augmented").getFloat(1, 5, 7, channel))
          .isEqualTo(images.getFloat(1, 5, 7, channel));
    }
    assertThat(activations.get(AugmentedOdeNetwork.OUTPUT).shape()).containsExactly(2, 10);
  }

  private static ComputationGraph graphForCifar10() {
    ComputationGraph graph =
        new ComputationGraph(
            AugmentedOdeNetwork.forCifar10(0.9, fixed(new AnodeCheckpoint(), Precision.NETWORK))
                .configure(new NeuralNetConfiguration.Builder().seed(1), 32, 32, 3, 10));
    graph.init();
    return graph;
  }
}
