/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.stream.Stream;
import org.anodespark.odelayers.adjoint.AnodeCheckpoint;
import org.anodespark.odelayers.failure.FailureReason;
import org.anodespark.odelayers.failure.OdeSolveException;
import org.anodespark.odelayers.layer.ChannelsLastConvolution;
import org.anodespark.odelayers.memory.ArrayPool;
import org.anodespark.odelayers.solver.StepControl;
import org.anodespark.odelayers.solver.control.AdaptiveSteps;
import org.anodespark.odelayers.solver.control.FixedSteps;
import org.anodespark.odelayers.solver.rungekutta.DormandPrince;
import org.anodespark.odelayers.solver.rungekutta.Euler;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.NoOp;

/** How a solve inside a network fails: with a reason, and a sentence that says where. */
@Timeout(60)
class OdeBlockFailureTest {
  private static final String DENSE = "dense";

  static Stream<StepControl> controls() {
    return Stream.of(new FixedSteps(4), new AdaptiveSteps(1e-3, 1e-3));
  }

  @ParameterizedTest
  @MethodSource("controls")
  void namesTheBlockWhoseInputIsNoNumber(StepControl control) {
    MultiLayerNetwork network = network(control, dense(1));
    DataSet data = Networks.data(DENSE);
    data.getFeatures().putScalar(1, 2, Double.NaN);
    OdeSolveException failure = fit(network, data);
    assertThat(failure.reason()).isEqualTo(FailureReason.NON_FINITE_INPUT);
    assertThat(failure)
        .hasMessageStartingWith("ODE block \"the block\"")
        .hasMessageContaining("look at the data and at the layers in front");
  }

  @ParameterizedTest
  @MethodSource("controls")
  void namesTheLayerThatGivesInfinityFirst(StepControl control) {
    MultiLayerNetwork network = network(control, dense(1));
    network.getLayer(1).getParam("1.W").putScalar(0, 0, Double.POSITIVE_INFINITY);
    OdeSolveException failure = fit(network, Networks.data(DENSE));
    assertThat(failure.reason()).isEqualTo(FailureReason.NON_FINITE_DYNAMICS);
    assertThat(failure)
        .hasMessageStartingWith("ODE block \"the block\", step 0 at t = 0.0 with h = ")
        .hasMessageContaining("first in layer 1 (DenseLayer)")
        .hasMessageContaining("lower the learning rate");
  }

  /** y' = y^3 with a large start: finite at first, out of all bounds after some steps. */
  @Test
  void namesTheStepAtWhichAFieldGrowsOutOfBounds() {
    MultiLayerNetwork network = network(new FixedSteps(12), cubicGrowth());
    OdeSolveException failure = fit(network, Networks.data(DENSE));
    assertThat(failure.reason()).isEqualTo(FailureReason.NON_FINITE_DYNAMICS);
    assertThat(failure.getMessage())
        .matches("ODE block \"the block\", step [1-9]\\d* at t = 0\\.\\d+ with h = 0\\.083.*");
  }

  @Test
  void endsAnAdaptiveSolveThatNeedsTooManySteps() {
    MultiLayerNetwork network =
        network(new AdaptiveSteps.Builder(1e-10, 1e-10).maximumSteps(5).build(), dense(3));
    OdeSolveException failure = fit(network, Networks.data(DENSE));
    assertThat(failure.reason()).isEqualTo(FailureReason.TOO_MANY_STEPS);
    assertThat(failure).hasMessageContaining("Raise maximumSteps or the tolerances");
  }

  @Test
  void endsASolveThatRunsIntoAPole() {
    MultiLayerNetwork network = network(new AdaptiveSteps(1e-6, 1e-6), cubicGrowth());
    OdeSolveException failure = fit(network, Networks.data(DENSE));
    assertThat(failure.reason())
        .isIn(FailureReason.STEP_UNDERFLOW, FailureReason.NON_FINITE_DYNAMICS);
    assertThat(failure).hasMessageStartingWith("ODE block \"the block\", step ");
  }

  @Test
  void refusesALayerThatTurnsOutToChangeTheShape() {
    OdeBlock block =
        new OdeBlock.Builder()
            .dynamics(new ChannelsLastConvolution.Builder(3, 3).nIn(2).nOut(3).build())
            .solver(new Euler())
            .steps(2)
            .build();
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            Networks.base(new NoOp(), WorkspaceMode.NONE).list().layer(block).build());
    network.init();
    OdeSolveException failure =
        catchThrowableOfType(
            OdeSolveException.class, () -> network.output(Nd4j.ones(DataType.DOUBLE, 1, 4, 4, 2)));
    assertThat(failure.reason()).isEqualTo(FailureReason.WRONG_SHAPE);
    assertThat(failure)
        .hasMessageContaining("step 0 at t = 0.0 with h = 0.5")
        .hasMessageContaining("[1, 4, 4, 2] into [1, 4, 4, 3]");
  }

  @Test
  void refusesAnEmptyBatch() {
    MultiLayerNetwork network = network(new FixedSteps(2), dense(1));
    OdeBlockLayer block = (OdeBlockLayer) network.getLayer(1);
    INDArray nothing = Nd4j.create(DataType.DOUBLE, 0, 4);
    OdeSolveException failure =
        catchThrowableOfType(
            OdeSolveException.class,
            () ->
                block.activate(
                    nothing,
                    true,
                    org.deeplearning4j.nn.workspace.LayerWorkspaceMgr.noWorkspaces()));
    assertThat(failure.reason()).isEqualTo(FailureReason.EMPTY_STATE);
    assertThat(failure)
        .hasMessageContaining("ODE block \"the block\"")
        .hasMessageContaining("[0, 4]")
        .hasMessageContaining("expected at least one example");
  }

  @Test
  void trainsOnABatchOfOne() {
    MultiLayerNetwork network = network(new FixedSteps(2), dense(1));
    DataSet all = Networks.data(DENSE);
    INDArray x = all.getFeatures().getRow(0, true).dup();
    network.fit(new DataSet(x, all.getLabels().getRow(0, true).dup()));
    assertThat(Double.isFinite(network.score())).isTrue();
  }

  @Test
  void canBeUsedAgainAfterAFailure() {
    MultiLayerNetwork network = network(new FixedSteps(4), dense(1));
    DataSet good = Networks.data(DENSE);
    DataSet bad = Networks.data(DENSE);
    bad.getFeatures().putScalar(0, 0, Double.NaN);
    network.fit(good);
    long inUse = ArrayPool.ofCurrentThread(DataType.DOUBLE).bytesInUse();
    fit(network, bad);
    network.fit(good);
    assertThat(Double.isFinite(network.score())).isTrue();
    assertThat(ArrayPool.ofCurrentThread(DataType.DOUBLE).bytesInUse()).isEqualTo(inUse);
  }

  private static OdeSolveException fit(MultiLayerNetwork network, DataSet data) {
    return catchThrowableOfType(OdeSolveException.class, () -> network.fit(data));
  }

  private static DenseLayer[] dense(double bias) {
    return new DenseLayer[] {
      new DenseLayer.Builder().nOut(5).activation(Activation.TANH).biasInit(bias).build(),
      new DenseLayer.Builder().nOut(4).activation(Activation.IDENTITY).build()
    };
  }

  private static DenseLayer[] cubicGrowth() {
    return new DenseLayer[] {
      new DenseLayer.Builder().nOut(4).activation(Activation.CUBE).biasInit(3).build()
    };
  }

  private static MultiLayerNetwork network(StepControl control, DenseLayer... dynamics) {
    OdeBlock block =
        new OdeBlock.Builder()
            .name("the block")
            .dynamics(dynamics)
            .solver(new DormandPrince())
            .stepControl(control)
            .adjoint(new AnodeCheckpoint())
            .build();
    return Networks.network(DENSE, block, WorkspaceMode.ENABLED);
  }
}
