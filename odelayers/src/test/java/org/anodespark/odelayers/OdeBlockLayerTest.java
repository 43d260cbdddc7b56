/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.anodespark.odelayers.adjoint.AdjointCost;
import org.anodespark.odelayers.adjoint.AdjointStrategy;
import org.anodespark.odelayers.adjoint.AnodeCheckpoint;
import org.anodespark.odelayers.adjoint.FullStorage;
import org.anodespark.odelayers.adjoint.StepCheckpoint;
import org.anodespark.odelayers.layer.ChannelsLastBatchNorm;
import org.anodespark.odelayers.memory.ArrayPool;
import org.anodespark.odelayers.solver.SolveStatistics;
import org.anodespark.odelayers.solver.StepMethod;
import org.anodespark.odelayers.solver.control.AdaptiveSteps;
import org.anodespark.odelayers.solver.rungekutta.BogackiShampine;
import org.anodespark.odelayers.solver.rungekutta.ClassicRungeKutta;
import org.anodespark.odelayers.solver.rungekutta.Euler;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions;

class OdeBlockLayerTest {
  private static final String IMAGES = "convolution with batch norm";

  @Test
  void isThePlainResidualBlockForOneEulerStepOfLengthOne() {
    ComputationGraph ode = residualGraph(true);
    ComputationGraph residual = residualGraph(false);
    residual.setParams(ode.params());
    INDArray x = Nd4j.randn(DataType.DOUBLE, 5, 4);
    INDArray labels = Nd4j.rand(DataType.DOUBLE, 5, 3);
    assertThat(Bits.of(ode.outputSingle(x))).isEqualTo(Bits.of(residual.outputSingle(x)));
    INDArray expected = flatGradient(residual, x, labels);
    INDArray actual = flatGradient(ode, x, labels);
    assertThat(actual.distance2(expected)).isCloseTo(0, within(1e-15));
    assertThat(expected.norm2Number().doubleValue()).isGreaterThan(0.01);
  }

  /** x -> hidden -> (hidden + f(hidden)) -> out, with f dense-tanh-dense; parameters line up. */
  private static ComputationGraph residualGraph(boolean asOde) {
    var graph =
        Networks.base(new NoOp(), WorkspaceMode.ENABLED)
            .graphBuilder()
            .addInputs("x")
            .addLayer("hidden", dense(4, 4, Activation.TANH), "x");
    if (asOde) {
      graph.addLayer(
          "block",
          new OdeBlock.Builder()
              .dynamics(dense(4, 5, Activation.TANH), dense(5, 4, Activation.IDENTITY))
              .solver(new Euler())
              .steps(1)
              .build(),
          "hidden");
    } else {
      graph
          .addLayer("f1", dense(4, 5, Activation.TANH), "hidden")
          .addLayer("f2", dense(5, 4, Activation.IDENTITY), "f1")
          .addVertex("block", new ElementWiseVertex(ElementWiseVertex.Op.Add), "hidden", "f2");
    }
    graph.addLayer(
        "out",
        new OutputLayer.Builder(LossFunctions.LossFunction.MSE)
            .activation(Activation.TANH)
            .nIn(4)
            .nOut(3)
            .build(),
        "block");
    ComputationGraph network = new ComputationGraph(graph.setOutputs("out").build());
    network.init();
    return network;
  }

  private static DenseLayer dense(int in, int out, Activation activation) {
    return new DenseLayer.Builder().nIn(in).nOut(out).activation(activation).build();
  }

  private static INDArray flatGradient(ComputationGraph graph, INDArray x, INDArray labels) {
    graph.setInputs(x);
    graph.setLabels(labels);
    graph.computeGradientAndScore();
    return graph.getFlattenedGradients();
  }

  @Test
  void countsWhatTheStrategiesDeclare() {
    for (AdjointStrategy strategy :
        new AdjointStrategy[] {new FullStorage(), new StepCheckpoint()}) {
      MultiLayerNetwork network =
          Networks.network(
              IMAGES, block(new ClassicRungeKutta(), 3, strategy), WorkspaceMode.ENABLED);
      network.fit(Networks.data(IMAGES));
      SolveStatistics statistics = ((OdeBlockLayer) network.getLayer(1)).statistics();
      AdjointCost cost = strategy.cost(3, new ClassicRungeKutta());
      assertThat(statistics.forwardEvaluations()).isEqualTo(12);
      assertThat(statistics.recomputedEvaluations()).isEqualTo(cost.recomputedEvaluations());
      assertThat(statistics.pullbacks()).isEqualTo(12);
      assertThat(statistics.acceptedSteps()).isEqualTo(3);
    }
  }

  @Test
  void savesTheBytesThatTheFormulaGives() {
    MultiLayerNetwork network =
        Networks.network(
            IMAGES, block(new Euler(), 3, new AnodeCheckpoint()), WorkspaceMode.ENABLED);
    network.fit(Networks.data(IMAGES));
    long state = Networks.EXAMPLES * 4 * 4 * 2 * 8;
    long statistics = 2 * 2 * 8;
    long evaluation = 3 * state + 2 * statistics;
    assertThat(((OdeBlockLayer) network.getLayer(1)).statistics().peakSavedBytes())
        .isEqualTo(3 * state + 3 * evaluation);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 8, 40})
  void movesTheRunningMeanOnceByTheAverageOverTheEvaluationsOfASolve(int steps) {
    for (AdjointStrategy strategy :
        new AdjointStrategy[] {new FullStorage(), new AnodeCheckpoint()}) {
      INDArray x = Nd4j.createFromArray(new double[][] {{1, 0}, {3, 4}, {5, 2}});
      OdeBlock bean =
          new OdeBlock.Builder()
              .dynamics(new ChannelsLastBatchNorm.Builder().nIn(2).nOut(2).decay(0.9).build())
              .solver(new Euler())
              .steps(steps)
              .adjoint(strategy)
              .build();
      MultiLayerNetwork network = normOnly(bean);
      network.fit(new DataSet(x, Nd4j.zeros(DataType.DOUBLE, 3, 2)));
      INDArray expectedMean = Nd4j.zeros(DataType.DOUBLE, 2);
      INDArray expectedVariance = Nd4j.zeros(DataType.DOUBLE, 2);
      INDArray y = x.dup();
      for (int step = 0; step < steps; step++) {
        INDArray mean = y.mean(0);
        INDArray variance = y.var(false, 0);
        expectedMean.addi(mean.div(steps));
        expectedVariance.addi(variance.div(steps));
        INDArray deviation =
            org.nd4j.linalg.ops.transforms.Transforms.sqrt(variance.add(1e-5), true);
        y.addi(y.subRowVector(mean).diviRowVector(deviation).divi(steps));
      }
      INDArray mean = network.getLayer(0).getParam("0.mean");
      INDArray variance = network.getLayer(0).getParam("0.var");
      assertThat(mean.distance2(expectedMean.mul(0.1))).isLessThan(1e-10);
      assertThat(variance.distance2(expectedVariance.mul(0.1).add(0.9))).isLessThan(1e-10);
    }
  }

  /** Two controls that accept the same steps, the second one with fewer rejections. */
  @Test
  void movesTheRunningMeanByAcceptedStepsOnly() {
    MultiLayerNetwork rejecting = trainedOnce(0.9);
    SolveStatistics statistics = ((OdeBlockLayer) rejecting.getLayer(1)).statistics();
    MultiLayerNetwork accepting = trainedOnce(statistics.longestStep());
    SolveStatistics without = ((OdeBlockLayer) accepting.getLayer(1)).statistics();

    assertThat(without.rejectedSteps()).isLessThan(statistics.rejectedSteps());
    assertThat(without.acceptedSteps()).isEqualTo(statistics.acceptedSteps());
    assertThat(Bits.of(rejecting.params())).isEqualTo(Bits.of(accepting.params()));
    assertThat(rejecting.getLayer(1).getParam("1.mean").norm2Number().doubleValue()).isPositive();
  }

  private static MultiLayerNetwork trainedOnce(double firstStep) {
    String dynamics = "dense with batch norm";
    OdeBlock block =
        new OdeBlock.Builder()
            .dynamics(Networks.DYNAMICS.get(dynamics).get())
            .solver(new BogackiShampine())
            .stepControl(
                new AdaptiveSteps.Builder(1e-5, 1e-5).firstStep(firstStep).factors(0.1, 1).build())
            .build();
    MultiLayerNetwork network =
        Networks.network(dynamics, block, WorkspaceMode.ENABLED, new Sgd(0.05));
    network.fit(Networks.data(dynamics));
    return network;
  }

  @Test
  void trainsToTheSameBitsTwice() {
    INDArray first = trained();
    assertThat(Bits.of(trained())).isEqualTo(Bits.of(first));
  }

  private static INDArray trained() {
    MultiLayerNetwork network =
        Networks.network(
            IMAGES,
            block(new ClassicRungeKutta(), 2, new AnodeCheckpoint()),
            WorkspaceMode.ENABLED,
            new Sgd(0.05));
    for (int i = 0; i < 5; i++) {
      network.fit(Networks.data(IMAGES));
    }
    return network.params();
  }

  private static MultiLayerNetwork normOnly(OdeBlock block) {
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            Networks.base(new Sgd(0.0), WorkspaceMode.ENABLED)
                .list()
                .layer(block)
                .layer(
                    new org.deeplearning4j.nn.conf.layers.LossLayer.Builder(
                            LossFunctions.LossFunction.MSE)
                        .activation(Activation.IDENTITY)
                        .build())
                .build());
    network.init();
    return network;
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void passesGradientsThroughDynamicsWithoutParameters(boolean asGraph) {
    MultiLayerNetwork network =
        Networks.network(
            "dense",
            new OdeBlock.Builder()
                .dynamics(new ActivationLayer(Activation.TANH))
                .solver(new ClassicRungeKutta())
                .steps(2)
                .build(),
            WorkspaceMode.ENABLED,
            new Sgd(0.1));
    DataSet data = Networks.data("dense");
    Model model = asGraph ? network.toComputationGraph() : network;
    double before = score(model, data);
    for (int i = 0; i < 20; i++) {
      if (model instanceof ComputationGraph graph) {
        graph.fit(data);
      } else {
        network.fit(data);
      }
    }
    assertThat(score(model, data)).isLessThan(0.5 * before);
  }

  private static double score(Model model, DataSet data) {
    return model instanceof ComputationGraph graph
        ? graph.score(data)
        : ((MultiLayerNetwork) model).score(data);
  }

  @Test
  void predictsWithDynamicsWithoutParameters() {
    MultiLayerNetwork network =
        normOnly(
            new OdeBlock.Builder()
                .dynamics(new ActivationLayer(Activation.CUBE))
                .solver(new Euler())
                .steps(2)
                .build());
    INDArray x = Nd4j.createFromArray(new double[][] {{1, -2}});
    // y + y^3 / 2, twice
    INDArray expected = Nd4j.createFromArray(new double[][] {{3.1875, -114}});
    assertThat(Bits.of(network.output(x))).isEqualTo(Bits.of(expected));
    assertThat(Bits.of(network.output(x, true))).isEqualTo(Bits.of(network.output(x)));
  }

  @Test
  void keepsNothingInInference() {
    MultiLayerNetwork network =
        Networks.network(IMAGES, block(new Euler(), 3, new FullStorage()), WorkspaceMode.ENABLED);
    network.output(Networks.data(IMAGES).getFeatures());
    SolveStatistics statistics = ((OdeBlockLayer) network.getLayer(1)).statistics();
    assertThat(statistics.forwardEvaluations()).isEqualTo(3);
    assertThat(statistics.peakSavedBytes()).isZero();
  }

  @Test
  void refusesABackwardPassWithoutATrainingForwardPass() {
    MultiLayerNetwork network =
        Networks.network(IMAGES, block(new Euler(), 3, new FullStorage()), WorkspaceMode.NONE);
    var layer = network.getLayer(1);
    INDArray x = Nd4j.randn(DataType.DOUBLE, 2, 4, 4, 2);
    INDArray y = layer.activate(x, false, LayerWorkspaceMgr.noWorkspaces());
    assertThatThrownBy(() -> layer.backpropGradient(y, LayerWorkspaceMgr.noWorkspaces()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("needs an activate(training = true) before it");
  }

  @Test
  void forgetsASolveWhenASecondForwardPassFollows() {
    MultiLayerNetwork network =
        Networks.network(IMAGES, block(new Euler(), 3, new FullStorage()), WorkspaceMode.NONE);
    network.initGradientsView();
    var layer = network.getLayer(1);
    LayerWorkspaceMgr workspaces = LayerWorkspaceMgr.noWorkspaces();
    INDArray x = Nd4j.randn(DataType.DOUBLE, 2, 4, 4, 2);
    INDArray epsilon = Nd4j.ones(DataType.DOUBLE, 2, 4, 4, 2);
    layer.activate(x, true, workspaces);
    INDArray once = layer.backpropGradient(epsilon, workspaces).getSecond();
    layer.activate(x.mul(2), true, workspaces);
    layer.activate(x, true, workspaces);
    assertThat(Bits.of(layer.backpropGradient(epsilon, workspaces).getSecond()))
        .isEqualTo(Bits.of(once));
  }

  @Test
  void learnsWithConstantNativeMemory() {
    MultiLayerNetwork network =
        Networks.network(
            IMAGES,
            block(new Euler(), 2, new AnodeCheckpoint()),
            WorkspaceMode.ENABLED,
            new Sgd(0.05));
    DataSet data = Networks.data(IMAGES);
    double first = network.score(data);
    IntStream.range(0, 20).forEach(i -> network.fit(data));
    long physical = network.getLayer(1).params().data().pointer().address();
    long before = Nd4j.getEnvironment().getDeviceCouner(0);
    IntStream.range(0, 200).forEach(i -> network.fit(data));
    long growth = Nd4j.getEnvironment().getDeviceCouner(0) - before;
    assertThat(network.score(data)).isLessThan(first);
    assertThat(growth).isLessThan(8L << 20);
    assertThat(network.getLayer(1).params().data().pointer().address()).isEqualTo(physical);
  }

  @Test
  void leavesNoBuffersBehindWhenNetworksComeAndGo() {
    ArrayPool pool = ArrayPool.ofCurrentThread(DataType.DOUBLE);
    fitAFreshNetwork();
    long allocated = pool.bytesAllocated();
    long inUse = pool.bytesInUse();
    for (int i = 0; i < 5; i++) {
      fitAFreshNetwork();
    }
    assertThat(pool.bytesAllocated()).isEqualTo(allocated).isPositive();
    assertThat(pool.bytesInUse()).isEqualTo(inUse);
  }

  private static void fitAFreshNetwork() {
    MultiLayerNetwork network =
        Networks.network(
            IMAGES, block(new Euler(), 2, new AnodeCheckpoint()), WorkspaceMode.ENABLED);
    network.fit(Networks.data(IMAGES));
    network.output(Networks.data(IMAGES).getFeatures());
  }

  private static OdeBlock block(StepMethod method, int steps, AdjointStrategy strategy) {
    return new OdeBlock.Builder()
        .dynamics(Networks.DYNAMICS.get(IMAGES).get())
        .solver(method)
        .steps(steps)
        .adjoint(strategy)
        .build();
  }
}
