/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.network.latent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.anodespark.odelayers.adjoint.AnodeCheckpoint;
import org.anodespark.odelayers.kernel.Precision;
import org.anodespark.odelayers.network.OdeBlockSettings;
import org.anodespark.odelayers.solver.control.FixedSteps;
import org.anodespark.odelayers.solver.rungekutta.Tsitouras;
import org.deeplearning4j.gradientcheck.GradientCheckUtil;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.learning.config.NoOp;

class LatentOdeNetworkTest {
  private static final List<Double> TIMES = List.of(0.5, 0.75, 1.0);
  private static final int FEATURES = 2;
  private static final int EXAMPLES = 3;
  private static final double DEVIATION = 0.3;

  private ComputationGraph graph;
  private INDArray inputs;
  private INDArray labels;
  private INDArray mask;

  @BeforeAll
  static void useDoublePrecision() {
    Nd4j.setDefaultDataTypes(DataType.DOUBLE, DataType.DOUBLE);
  }

  @AfterAll
  static void restorePrecision() {
    Nd4j.setDefaultDataTypes(DataType.FLOAT, DataType.FLOAT);
  }

  @BeforeEach
  void build() {
    Nd4j.getRandom().setSeed(7);
    graph = new ComputationGraph(configuration());
    graph.init();
    inputs = Nd4j.rand(DataType.DOUBLE, EXAMPLES, 2 * FEATURES + 1, TIMES.size());
    labels = Nd4j.rand(DataType.DOUBLE, EXAMPLES, FEATURES, TIMES.size());
    mask = Nd4j.rand(DataType.DOUBLE, labels.shape()).gt(0.4).castTo(DataType.DOUBLE);
  }

  @Test
  void reconstructsAllFeaturesAtAllTimes() {
    assertThat(graph.outputSingle(inputs).shape())
        .containsExactly(EXAMPLES, FEATURES, TIMES.size());
  }

  @Test
  void predictsWithoutChance() {
    assertThat(graph.outputSingle(inputs)).isEqualTo(graph.outputSingle(inputs));
  }

  @Test
  void predictsForFewerExamplesThanItWasTrainedWith() {
    graph.fit(data(labels));
    INDArray all = graph.outputSingle(inputs);
    INDArray one = graph.outputSingle(inputs.get(NDArrayIndex.interval(1, 2)).dup());
    assertThat(one.shape()).containsExactly(1, FEATURES, TIMES.size());
    assertThat(one.equalsWithEps(all.get(NDArrayIndex.interval(1, 2)), 1e-12)).isTrue();
  }

  @Test
  void scoresTheMeanLikelihoodOfObservedValuesAndTheDivergence() {
    INDArray error = graph.outputSingle(inputs).sub(labels);
    double squares = error.mul(error).mul(mask).sumNumber().doubleValue();
    double expected =
        squares / (2 * DEVIATION * DEVIATION * mask.sumNumber().doubleValue())
            + Math.log(DEVIATION)
            + Math.log(2 * Math.PI) / 2;
    assertThat(graph.score(data(labels), false)).isCloseTo(expected, within(1e-12));
    graph.getLayer(LatentOdeNetwork.START).setIterationCount(100);
    Nd4j.getRandom().setSeed(5);
    double inTraining = graph.score(data(labels), true);
    double divergence = graph.getLayer(LatentOdeNetwork.START).calcRegularizationScore(true);
    assertThat(divergence).isPositive();
    graph.getLayer(LatentOdeNetwork.START).setIterationCount(0);
    Nd4j.getRandom().setSeed(5);
    assertThat(graph.score(data(labels), true)).isCloseTo(inTraining - divergence, within(1e-12));
  }

  @Test
  void isNotInfluencedByLabelsThatWereNotObserved() {
    INDArray others = labels.add(mask.rsub(1).mul(1000));
    INDArray gradient = gradient(labels);
    assertThat(gradient.norm2Number().doubleValue()).isPositive();
    assertThat(gradient(others)).isEqualTo(gradient);
    assertThat(graph.score(data(others), false)).isEqualTo(graph.score(data(labels), false));
  }

  private INDArray gradient(INDArray labels) {
    Nd4j.getRandom().setSeed(5);
    graph.setInputs(inputs);
    graph.setLabels(labels);
    graph.setLayerMaskArrays(null, new INDArray[] {mask});
    graph.computeGradientAndScore();
    return graph.gradient().gradient().dup();
  }

  @Test
  void differentiatesTheLoss() {
    // so that the divergence counts
    graph.getConfiguration().setIterationCount(100);
    assertThat(
            GradientCheckUtil.checkGradients(
                new GradientCheckUtil.GraphConfig()
                    .net(graph)
                    .inputs(new INDArray[] {inputs})
                    .labels(new INDArray[] {labels})
                    .labelMask(new INDArray[] {mask})
                    .epsilon(1e-6)
                    .maxRelError(1e-4)
                    .minAbsoluteError(1e-8)
                    .callEachIter(each -> Nd4j.getRandom().setSeed(5))))
        .isTrue();
  }

  @Test
  void survivesJson() {
    ComputationGraphConfiguration configuration = configuration();
    assertThat(ComputationGraphConfiguration.fromJson(configuration.toJson()))
        .isEqualTo(configuration);
  }

  @Test
  void aCloneTrainsByItself() {
    ComputationGraph copy = graph.clone();
    INDArray before = graph.outputSingle(inputs);
    assertThat(copy.outputSingle(inputs)).isEqualTo(before);
    copy.params().muli(0.5);
    assertThat(copy.outputSingle(inputs)).isNotEqualTo(before);
    assertThat(graph.outputSingle(inputs)).isEqualTo(before);
  }

  private MultiDataSet data(INDArray labels) {
    return new MultiDataSet(
        new INDArray[] {inputs}, new INDArray[] {labels}, null, new INDArray[] {mask});
  }

  private static ComputationGraphConfiguration configuration() {
    return new LatentOdeNetwork(
            2,
            3,
            4,
            TIMES,
            DEVIATION,
            new OdeBlockSettings(
                new Tsitouras(),
                new FixedSteps(1),
                new AnodeCheckpoint(),
                List.of(),
                Precision.NETWORK))
        .configure(
            new NeuralNetConfiguration.Builder()
                .seed(3)
                .dataType(DataType.DOUBLE)
                .updater(new NoOp()),
            FEATURES);
  }
}
