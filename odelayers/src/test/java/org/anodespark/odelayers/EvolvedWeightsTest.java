/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.anodespark.odelayers.adjoint.FullStorage;
import org.anodespark.odelayers.evolution.BoundedEvolution;
import org.anodespark.odelayers.evolution.ReactionDiffusionAdvection;
import org.anodespark.odelayers.kernel.Precision;
import org.anodespark.odelayers.layer.EvolutionTiming;
import org.anodespark.odelayers.layer.WeightEvolution;
import org.anodespark.odelayers.network.FieldNormalization;
import org.anodespark.odelayers.network.Normalization;
import org.anodespark.odelayers.network.OdeBlockSettings;
import org.anodespark.odelayers.network.published.BlockKind;
import org.anodespark.odelayers.network.published.Design;
import org.anodespark.odelayers.network.published.ResNet;
import org.anodespark.odelayers.solver.control.FixedSteps;
import org.anodespark.odelayers.solver.rungekutta.Euler;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;

class EvolvedWeightsTest {
  static Stream<WeightEvolution> evolutions() {
    return Stream.of(new ReactionDiffusionAdvection(), new BoundedEvolution(new Euler(), 5));
  }

  @ParameterizedTest
  @MethodSource("evolutions")
  void predictToTheSameBits(WeightEvolution evolution) {
    ComputationGraph network = trained(evolving(evolution, EvolutionTiming.BEFORE));
    INDArray images = images();

    ComputationGraph predictor = EvolvedWeights.of(network).orElseThrow();

    assertThat(Bits.of(predictor.outputSingle(images)))
        .isEqualTo(Bits.of(network.outputSingle(images)));
  }

  @Test
  void haveTheSizeOfANetworkWithoutEvolution() {
    ComputationGraph network =
        network(evolving(new ReactionDiffusionAdvection(), EvolutionTiming.BEFORE));
    ComputationGraph predictor = EvolvedWeights.of(network).orElseThrow();
    ComputationGraph plain = network(Optional.empty());
    assertThat(predictor.numParams()).isEqualTo(plain.numParams()).isLessThan(network.numParams());
    assertThat(predictor.getConfiguration()).isEqualTo(plain.getConfiguration());
  }

  @Test
  void shareNothingWithTheNetwork() {
    ComputationGraph network =
        trained(evolving(new ReactionDiffusionAdvection(), EvolutionTiming.BEFORE));
    INDArray parameters = network.params().dup();
    String configuration = network.getConfiguration().toJson();

    EvolvedWeights.of(network).orElseThrow().params().assign(7);

    assertThat(Bits.of(network.params())).isEqualTo(Bits.of(parameters));
    assertThat(network.getConfiguration().toJson()).isEqualTo(configuration);
  }

  @Test
  void areNoneWhereTheyEvolveAlongside() {
    assertThat(
            EvolvedWeights.of(
                network(evolving(new ReactionDiffusionAdvection(), EvolutionTiming.ALONGSIDE))))
        .isEmpty();
  }

  @Test
  void areNoneWhereNothingEvolves() {
    assertThat(EvolvedWeights.of(network(Optional.empty()))).isEmpty();
  }

  private static Optional<OdeBlockSettings.Evolution> evolving(
      WeightEvolution evolution, EvolutionTiming timing) {
    return Optional.of(new OdeBlockSettings.Evolution(evolution, timing));
  }

  /** With coefficients that have moved away from zero. */
  private static ComputationGraph trained(Optional<OdeBlockSettings.Evolution> evolution) {
    ComputationGraph network = network(evolution);
    DataSet data = new DataSet(images(), Nd4j.eye(10).getRows(1, 2));
    double[] before = network.getLayer("block1").getParam("0.reaction").toDoubleVector();
    network.fit(data);
    network.fit(data);
    assertThat(network.getLayer("block1").getParam("0.reaction").toDoubleVector())
        .isNotEqualTo(before);
    return network;
  }

  private static ComputationGraph network(Optional<OdeBlockSettings.Evolution> evolution) {
    ComputationGraph network =
        new ComputationGraph(
            ResNet.four(
                    new Design(
                        BlockKind.ODE,
                        new Normalization(FieldNormalization.BATCH, 0.9),
                        new OdeBlockSettings(
                            new Euler(),
                            new FixedSteps(2),
                            new FullStorage(),
                            List.of(),
                            Precision.NETWORK,
                            evolution)))
                .configure(
                    new NeuralNetConfiguration.Builder().seed(3).updater(new Sgd(0.1)),
                    32,
                    32,
                    3,
                    10));
    network.init();
    return network;
  }

  private static INDArray images() {
    return Nd4j.rand(
        Nd4j.create(DataType.FLOAT, 2, 32, 32, 3),
        -1.0,
        1.0,
        Nd4j.getRandomFactory().getNewRandomInstance(7));
  }
}
