/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.listener;

import static org.anodespark.odelayers.listener.Trainings.block;
import static org.anodespark.odelayers.listener.Trainings.fit;
import static org.anodespark.odelayers.listener.Trainings.minibatch;
import static org.anodespark.odelayers.listener.Trainings.settings;
import static org.anodespark.odelayers.listener.Trainings.updaterState;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.anodespark.odelayers.OdeBlock;
import org.anodespark.odelayers.adjoint.AdjointStrategy;
import org.anodespark.odelayers.adjoint.AnodeCheckpoint;
import org.anodespark.odelayers.adjoint.ReverseTime;
import org.anodespark.odelayers.adjoint.Revolve;
import org.anodespark.odelayers.adjoint.StepCheckpoint;
import org.anodespark.odelayers.listener.Trainings.Kind;
import org.anodespark.odelayers.memory.ArrayPool;
import org.anodespark.odelayers.regularization.Steer;
import org.anodespark.odelayers.solver.SolveStatistics;
import org.anodespark.odelayers.solver.rungekutta.Euler;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayerWithBackprop;
import org.deeplearning4j.nn.conf.weightnoise.DropConnect;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.deeplearning4j.optimize.solvers.BaseOptimizer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/** What an audit finds, and what it leaves alone, in one kind of network. */
abstract class GradientAuditContractTest {
  private final Kind kind;
  private final RecordingLogger log = new RecordingLogger();

  GradientAuditContractTest(Kind kind) {
    this.kind = kind;
  }

  static List<AdjointStrategy> exactStrategies() {
    return List.of(new AnodeCheckpoint(), new StepCheckpoint(), new Revolve(2));
  }

  @ParameterizedTest
  @MethodSource("exactStrategies")
  void findsNoErrorInExactStrategies(AdjointStrategy strategy) {
    GradientAudit.Result result = Trainings.audited(network(block("ode", strategy)), minibatch());
    assertThat(result.relativeErrorToFullStorage()).isZero();
    assertThat(result.directionalDerivative()).isEqualTo(result.fullStorage()).isNotZero();
    assertThat(result.relativeErrorToDifferences()).isLessThan(1e-6);
  }

  @ParameterizedTest
  @EnumSource(
      value = WorkspaceMode.class,
      names = {"ENABLED", "NONE"})
  void leavesTheTrainingAsItIs(WorkspaceMode workspaces) {
    Model plain = trainedNetwork(workspaces);
    int plainDraw = Nd4j.getRandom().nextInt();
    Model audited = trainedNetwork(workspaces, audit(4));
    int auditedDraw = Nd4j.getRandom().nextInt();
    assertThat(audited.params()).isEqualTo(plain.params());
    assertThat(updaterState(audited)).isEqualTo(updaterState(plain));
    assertThat(audited.score()).isEqualTo(plain.score());
    assertThat(audited.getGradientsViewArray()).isEqualTo(plain.getGradientsViewArray());
    assertThat(OdeBlocks.statistics(audited)).isEqualTo(OdeBlocks.statistics(plain));
    assertThat(BaseOptimizer.getIterationCount(audited)).isEqualTo(20);
    assertThat(auditedDraw).isEqualTo(plainDraw);
    assertThat(log.infos()).hasSize(5);
  }

  private Model trainedNetwork(WorkspaceMode workspaces, TrainingListener... listeners) {
    Model network =
        Trainings.network(kind, settings(workspaces), block("ode", new AnodeCheckpoint()));
    network.setListeners(listeners);
    DataSet data = minibatch();
    DataSet untouched = data.copy();
    fit(network, data, 20);
    assertThat(data.getFeatures()).isEqualTo(untouched.getFeatures());
    assertThat(data.getLabels()).isEqualTo(untouched.getLabels());
    return network;
  }

  @Test
  void letsOtherListenersSeeTheSameInAnyOrder() {
    assertThat(seenBy(true)).isEqualTo(seenBy(false)).hasSize(3);
  }

  private List<Map<String, SolveStatistics>> seenBy(boolean auditFirst) {
    List<Map<String, SolveStatistics>> seen = new ArrayList<>();
    TrainingListener statistics =
        new SolveStatisticsListener(1, (iteration, epoch, counted) -> seen.add(counted));
    Model network = network(block("ode", new StepCheckpoint()));
    if (auditFirst) {
      network.setListeners(audit(1), statistics);
    } else {
      network.setListeners(statistics, audit(1));
    }
    fit(network, minibatch(), 3);
    return seen;
  }

  @Test
  void givesBackAllBuffers() {
    Model network = network(block("ode", new AnodeCheckpoint()));
    network.setListeners(audit(1));
    fit(network, minibatch(), 1);
    ArrayPool pool = ArrayPool.ofCurrentThread(DataType.DOUBLE);
    long inUse = pool.bytesInUse();
    long allocated = pool.bytesAllocated();
    fit(network, minibatch(), 3);
    assertThat(pool.bytesInUse()).isEqualTo(inUse);
    assertThat(pool.bytesAllocated()).isEqualTo(allocated);
  }

  @Test
  void auditsEveryKthIteration() {
    List<Integer> iterations = new ArrayList<>();
    Model network = network(block("ode", new AnodeCheckpoint()));
    network.setListeners(
        new GradientAudit.Builder()
            .every(3)
            .consumer(result -> iterations.add(result.iteration()))
            .build());
    fit(network, minibatch(), 8);
    assertThat(iterations).containsExactly(0, 3, 6);
  }

  @Test
  void warnsOfAStrategyThatIsNotWhatItPromises() {
    GradientAudit audit = audit(1);
    Model network =
        network(block("good", new AnodeCheckpoint()), block("bad", new ScaledGradient()));
    network.setListeners(audit);
    fit(network, minibatch(), 1);
    assertThat(audit.latest().orElseThrow().relativeErrorToFullStorage()).isGreaterThan(0.05);
    assertThat(audit.latest().orElseThrow().relativeErrorToDifferences()).isGreaterThan(0.01);
    assertThat(log.infos()).isEmpty();
    assertThat(log.warnings())
        .singleElement()
        .asString()
        .contains("Gradient at iteration 0", "bad=ScaledGradient")
        .contains("All strategies promise the gradient of FullStorage", "use AnodeCheckpoint");
  }

  @Test
  void warnsOfTheContinuousAdjointOfAStronglyContractingField() {
    GradientAudit audit = audit(1);
    OdeBlock contracting =
        new OdeBlock.Builder()
            .name("ode")
            .dynamics(
                new DenseLayer.Builder()
                    .nIn(Trainings.WIDTH)
                    .nOut(Trainings.WIDTH)
                    .activation(Activation.IDENTITY)
                    .build())
            .solver(new Euler())
            .steps(2)
            .adjoint(new ReverseTime())
            .build();
    Model network = network(block("good", new AnodeCheckpoint()), contracting);
    OdeBlocks.of(network)
        .get("ode")
        .setParam("0.W", Nd4j.eye(Trainings.WIDTH).castTo(DataType.DOUBLE).mul(-3));
    network.setListeners(audit);
    fit(network, minibatch(), 1);
    GradientAudit.Result result = audit.latest().orElseThrow();
    assertThat(result.relativeErrorToFullStorage()).isGreaterThan(0.1);
    assertThat(result.relativeErrorToDifferences()).isGreaterThan(0.01);
    assertThat(result.fullStorage())
        .isCloseTo(
            result.centralDifference(), org.assertj.core.api.Assertions.withinPercentage(1e-4));
    assertThat(log.warnings())
        .singleElement()
        .asString()
        .contains("Strategies that are not exact are in use: {ode=ReverseTime(SEMINORM)}")
        .contains("Take more steps in these blocks, or use AnodeCheckpoint there.");
  }

  @Test
  void saysSoWhenNoStrategyIsTheCause() {
    Model network = network(block("ode", new AnodeCheckpoint()));
    network.setListeners(new GradientAudit.Builder().threshold(1e-300).log(log).build());
    fit(network, minibatch(), 1);
    assertThat(log.warnings())
        .singleElement()
        .asString()
        .contains("FullStorage gives the same gradient, so no strategy is the cause");
  }

  @Test
  void comparesTheLossWithoutRegularisation() {
    GradientAudit.Result plain =
        Trainings.audited(
            Trainings.network(kind, settings(), block("ode", new AnodeCheckpoint())), minibatch());
    GradientAudit.Result regularised =
        Trainings.audited(
            Trainings.network(
                kind, settings().l2(0.3).l1(0.1), block("ode", new AnodeCheckpoint())),
            minibatch());
    assertThat(regularised.directionalDerivative()).isEqualTo(plain.directionalDerivative());
    assertThat(regularised.relativeErrorToDifferences()).isLessThan(1e-6);
  }

  @Test
  void knowsGradientsThatAreNotDividedByTheNumberOfExamples() {
    GradientAudit.Result result =
        Trainings.audited(
            Trainings.network(
                kind, settings().miniBatch(false), block("ode", new AnodeCheckpoint())),
            minibatch());
    assertThat(result.relativeErrorToDifferences()).isLessThan(1e-6);
    assertThat(result.relativeErrorToFullStorage()).isZero();
  }

  @Test
  void leavesFrozenLayersOut() {
    GradientAudit.Result result =
        Trainings.audited(
            Trainings.network(
                kind,
                settings(),
                new FrozenLayerWithBackprop(dense()),
                block("ode", new AnodeCheckpoint())),
            minibatch());
    assertThat(result.directionalDerivative()).isNotZero();
    assertThat(result.relativeErrorToDifferences()).isLessThan(1e-6);
    assertThat(result.relativeErrorToFullStorage()).isZero();
  }

  @Test
  void drawsItsDirectionsFromItsSeed() {
    assertThat(derivative(5)).isEqualTo(derivative(5)).isNotEqualTo(derivative(6));
  }

  private double derivative(long seed) {
    GradientAudit audit = new GradientAudit.Builder().seed(seed).build();
    Model network = network(block("ode", new AnodeCheckpoint()));
    network.setListeners(audit);
    fit(network, minibatch(), 1);
    return audit.latest().orElseThrow().directionalDerivative();
  }

  @Test
  void auditsFloatNetworksAgainstDifferencesInDoublePrecision() {
    GradientAudit audit = audit(1);
    Model network =
        Trainings.network(
            kind, settings().dataType(DataType.FLOAT), block("ode", new AnodeCheckpoint()));
    network.setListeners(audit);
    fit(network, minibatch(DataType.FLOAT), 5);
    assertThat(log.infos()).hasSize(5);
    assertThat(audit.latest().orElseThrow().relativeErrorToDifferences())
        .isGreaterThan(1e-10)
        .isLessThan(1e-3);
    assertThat(audit.latest().orElseThrow().relativeErrorToFullStorage()).isZero();
  }

  @Test
  void refusesDropout() {
    assertRefused(
        "layer \"noisy\" has Dropout(",
        new DenseLayer.Builder().name("noisy").nIn(4).nOut(4).dropOut(0.5).build());
  }

  @Test
  void refusesWeightNoise() {
    assertRefused(
        "layer \"noisy\" has DropConnect(",
        new DenseLayer.Builder()
            .name("noisy")
            .nIn(4)
            .nOut(4)
            .weightNoise(new DropConnect(0.5))
            .build());
  }

  @Test
  void refusesRegularizersThatTakeStepsForConstants() {
    assertRefused(
        "ODE block \"steered\" has [Steer(0.5)]",
        new OdeBlock.Builder()
            .name("steered")
            .dynamics(dense())
            .solver(new Euler())
            .steps(2)
            .regularizers(new Steer(0.5))
            .build());
  }

  @Test
  void refusesRandomActivationFunctions() {
    Model network =
        Trainings.network(
            kind,
            settings().dataType(DataType.FLOAT),
            new DenseLayer.Builder().nIn(4).nOut(4).activation(Activation.RRELU).build(),
            block("ode", new AnodeCheckpoint()));
    assertRefused(
        "when computed again with the same parameters and minibatch",
        network,
        minibatch(DataType.FLOAT));
  }

  private void assertRefused(String reason, Layer layer) {
    assertRefused(reason, network(layer, block("ode", new AnodeCheckpoint())), minibatch());
  }

  private void assertRefused(String reason, Model network, DataSet data) {
    network.setListeners(audit(1));
    assertThatThrownBy(() -> fit(network, data, 1))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("GradientAudit cannot check this network: ")
        .hasMessageContaining(reason);
  }

  private GradientAudit audit(int every) {
    return new GradientAudit.Builder().every(every).log(log).build();
  }

  private Model network(Layer... layers) {
    return Trainings.network(kind, settings(), layers);
  }

  private static DenseLayer dense() {
    return new DenseLayer.Builder().nIn(4).nOut(4).activation(Activation.TANH).build();
  }
}
