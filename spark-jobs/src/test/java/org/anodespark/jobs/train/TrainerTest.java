/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.anodespark.jobs.checkpoint.CheckpointStore;
import org.anodespark.jobs.config.CheckpointSettings;
import org.anodespark.jobs.config.DivergenceSettings;
import org.anodespark.jobs.failure.ExitCode;
import org.anodespark.jobs.failure.JobFailure;
import org.anodespark.jobs.plan.Round;
import org.anodespark.jobs.plan.TrainingPlan;
import org.anodespark.jobs.plan.TrainingPosition;
import org.anodespark.jobs.run.RunDirectory;
import org.anodespark.jobs.testing.TinyData;
import org.anodespark.jobs.testing.TinyNetworks;
import org.anodespark.odelayers.failure.FailureReason;
import org.anodespark.odelayers.failure.OdeSolveException;
import org.apache.commons.lang3.exception.ExceptionUtils;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkException;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.learning.config.Sgd;

class TrainerTest {
  private static final DivergenceSettings STOP = new DivergenceSettings("stop", 0.5, 1);
  private static final DivergenceSettings ROLL_BACK = new DivergenceSettings("roll-back", 0.5, 2);
  private static final CheckpointSettings EPOCHS = new CheckpointSettings(0, 0, 2);
  private static final EarlyStopping NEVER = new EarlyStopping(0, 0);

  /** Two rounds an epoch. */
  private TrainingPlan plan = new TrainingPlan(7, 40, 2, 10, 2, 1);

  private TrainingPolicies policies = policies(STOP, NEVER, EPOCHS);

  @TempDir Path folder;
  private final List<String> events = new ArrayList<>();
  private final List<Double> learningRates = new ArrayList<>();
  private final List<Double> accuracies = new ArrayList<>();
  private final StopSignal stop = StopSignal.listening();
  private Exception failure;
  private String failsIn;
  private int failures;
  private boolean sparkStopped;
  private long now;

  @AfterEach
  void stopListening() {
    stop.close();
  }

  @Test
  void roundsThenEvaluationThenCheckpointMakeAnEpoch() {
    TrainingCheckpoints.Restored end = trainer().train();

    assertThat(events)
        .containsExactly(
            "checkpoint",
            "resumed at the beginning of epoch 1",
            "epoch 1 round 1/2",
            "finished epoch 1 round 1/2",
            "epoch 1 round 2/2",
            "finished epoch 1 round 2/2",
            "evaluation after epoch 1",
            "finished epoch 1 accuracy 0.75",
            "checkpoint",
            "epoch 2 round 1/2",
            "finished epoch 2 round 1/2",
            "epoch 2 round 2/2",
            "finished epoch 2 round 2/2",
            "evaluation after epoch 2",
            "finished epoch 2 accuracy 0.75",
            "checkpoint");
    assertThat(end.network().getConfiguration().getEpochCount()).isEqualTo(2);
    assertThat(end.state().epochs()).hasSize(2);
    assertThat(end.state().tally().examples()).isEqualTo(80);
  }

  @Test
  void aTrainingThatIsOverIsNotTrainedAgain() {
    trainer().train();
    events.clear();

    TrainingCheckpoints.Restored end = trainer().train();

    assertThat(events).containsExactly("resumed at the beginning of epoch 3");
    assertThat(end.state().epochsDone()).isEqualTo(2);
  }

  @Test
  void aPauseEndsWithTheCheckpointOfItsEpochAndIsGoneOnFrom() {
    TrainingCheckpoints.Restored whole = trainer().train();
    folder = folder.resolve("paused");
    events.clear();

    Trainer first = trainer(1);
    TrainingCheckpoints.Restored paused = first.train();
    assertThat(first.isOver()).isFalse();
    assertThat(paused.state().epochsDone()).isEqualTo(1);
    assertThat(events).endsWith("finished epoch 1 accuracy 0.75", "checkpoint");

    Trainer second = trainer(2);
    TrainingCheckpoints.Restored end = second.train();
    assertThat(second.isOver()).isTrue();
    assertThat(end.network().params()).isEqualTo(whole.network().params());
  }

  @Test
  void moreEpochsGoOnWhereFewerEnded() {
    trainer().train();
    events.clear();
    plan = new TrainingPlan(7, 40, 3, 10, 2, 1);

    trainer().train();

    assertThat(events)
        .startsWith("resumed at the beginning of epoch 3", "epoch 3 round 1/2")
        .contains("finished epoch 3 accuracy 0.75");
  }

  @Test
  void checkpointsMayComeAfterSomeRounds() {
    policies = policies(STOP, NEVER, new CheckpointSettings(1, 0, 2));

    trainer().train();

    assertThat(events)
        .containsSubsequence(
            "finished epoch 1 round 1/2", "checkpoint", "epoch 1 round 2/2", "checkpoint");
    // one at the start, and in each epoch one in the middle and one at the end
    assertThat(events.stream().filter("checkpoint"::equals)).hasSize(1 + 2 * 2);
  }

  @Test
  void checkpointsMayComeAfterSomeMinutes() {
    plan = new TrainingPlan(7, 60, 1, 10, 2, 1);
    policies = policies(STOP, NEVER, new CheckpointSettings(0, 1.5, 2));

    trainer().train();

    // a round takes a minute: the second one ends after two
    assertThat(events)
        .containsSubsequence("finished epoch 1 round 2/3", "checkpoint", "epoch 1 round 3/3");
    assertThat(events.stream().filter("checkpoint"::equals)).hasSize(3);
  }

  @Test
  void aTrainingThatGetsNoBetterEndsEarly() {
    plan = new TrainingPlan(7, 40, 9, 10, 2, 1);
    policies = policies(STOP, new EarlyStopping(2, 0.01), EPOCHS);
    accuracies.addAll(List.of(0.5, 0.6, 0.605, 0.59));

    TrainingCheckpoints.Restored end = trainer().train();

    assertThat(end.state().epochsDone()).isEqualTo(4);
    assertThat(end.state().best().epoch()).isEqualTo(2);
    assertThat(end.state().best().accuracy()).isEqualTo(0.6);
    // so does one that goes on from its end
    events.clear();
    assertThat(trainer().train().state().epochsDone()).isEqualTo(4);
    assertThat(events).containsExactly("resumed at the beginning of epoch 5");
  }

  @Test
  void theCheckpointOfTheBestEpochStays() {
    plan = new TrainingPlan(7, 40, 6, 10, 2, 1);
    accuracies.addAll(List.of(0.5, 0.9, 0.6, 0.6, 0.6, 0.6));

    TrainingCheckpoints.Restored end = trainer().train();

    ComputationGraph best = checkpoints().network(end.state().best().checkpoint());
    assertThat(best.getConfiguration().getEpochCount()).isEqualTo(2);
  }

  @Test
  void aRoundThatSparkGivesUpIsRepeated() {
    fail("epoch 1 round 2/2", 3, new SparkException("Job aborted due to stage failure"));

    trainer().train();

    assertThat(events.stream().filter("epoch 1 round 2/2"::equals)).hasSize(4);
    assertThat(events).contains("finished epoch 2 accuracy 0.75");
  }

  @Test
  void aRoundThatTakesTooLongIsRepeated() {
    Round round = plan.epoch(1).rounds().get(1);
    fail("epoch 1 round 2/2", 2, new RoundTookTooLong(round, 1, null));

    trainer().train();

    assertThat(events.stream().filter("epoch 1 round 2/2"::equals)).hasSize(3);
  }

  @Test
  void afterTheLastTryTheStateBeforeTheRoundIsSavedAndTheTrainingStops() {
    fail(
        "epoch 2 round 2/2",
        4,
        new SparkException("Job aborted: task 1 failed 4 times\nDriver stacktrace:"));

    assertThatThrownBy(() -> trainer().train())
        .isInstanceOfSatisfying(
            JobFailure.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.GAVE_UP))
        .hasMessage(
            "Gave up on epoch 2 round 2/2 after 4 tries (Job aborted: task 1 failed 4 times); the"
                + " state before it is in file:%s/checkpoints/checkpoint-000003.zip, from which train"
                + " goes on with the same settings and run.dir.",
            folder);

    assertThat(checkpoints().latest().orElseThrow().state().position())
        .isEqualTo(new TrainingPosition(2, 1, 2, 20));
  }

  @Test
  void anEvaluationThatSparkGivesUpIsTakenUpAgainByTheNextDriver() {
    fail("evaluation after epoch 1", 4, new SparkException("Job aborted"));
    assertThatThrownBy(() -> trainer().train())
        .isInstanceOfSatisfying(
            JobFailure.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.GAVE_UP));
    events.clear();

    trainer().train();

    assertThat(events)
        .startsWith("resumed at epoch 1 after round 2", "evaluation after epoch 1")
        .doesNotContain("epoch 1 round 2/2");
  }

  @Test
  void nothingIsRepeatedWhenSparkIsGone() {
    sparkStopped = true;
    fail("epoch 1 round 1/2", 1, new SparkException("SparkContext was shut down"));

    assertThatThrownBy(() -> trainer().train())
        .isInstanceOf(JobFailure.class)
        .hasMessageStartingWith(
            "Gave up on epoch 1 round 1/2 after 1 try (SparkContext was shut down)");
  }

  @Test
  void aRoundThatRunsOutOfNativeMemoryIsNotRepeated() {
    fail(
        "epoch 1 round 2/2",
        1,
        new SparkException(
            "Job aborted",
            new RuntimeException(
                "Allocation failed: [Requested amount exceeds HOST device limits; Limit bytes:"
                    + " [1]; Requested bytes: [2]]")));

    assertThatThrownBy(() -> trainer().train())
        .isInstanceOfSatisfying(
            JobFailure.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.GAVE_UP))
        .hasMessageStartingWith(
            "Gave up on epoch 1 round 2/2 after 1 try (the arrays of a process would not fit into"
                + " spark.native-mebibytes;");
  }

  @Test
  void whatTheUserCanActOnIsThrownAsAnExecutorThrewIt() {
    JobFailure corrupt = JobFailure.badConfiguration("Shard 3 is corrupt.");
    fail(
        "epoch 1 round 1/2",
        1,
        new SparkException("Job aborted", new IllegalStateException("loading", corrupt)));

    assertThatThrownBy(() -> trainer().train()).isSameAs(corrupt);
    assertThat(events).endsWith("epoch 1 round 1/2");
  }

  @Test
  void aSolveThatRanAwayIsNotRepeated() {
    fail("epoch 1 round 2/2", 1, solveThatRanAway());

    assertThatThrownBy(() -> trainer().train())
        .isInstanceOfSatisfying(
            JobFailure.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.DIVERGED))
        .hasMessage("Training diverged in epoch 1 round 2/2: ODE block \"ode1\": 9 trial steps.");
    assertThat(events.stream().filter("epoch 1 round 2/2"::equals)).hasSize(1);
  }

  @Test
  void aTrainingThatDivergedMayGoOnFromItsCheckpointWithALowerLearningRate() {
    policies = policies(ROLL_BACK, NEVER, EPOCHS);
    fail("epoch 2 round 2/2", 2, solveThatRanAway());

    TrainingCheckpoints.Restored end = trainer().train();

    // of the rounds that came to their end
    assertThat(learningRates).containsExactly(0.1, 0.1, 0.1, 0.05, 0.025, 0.025);
    assertThat(events.stream().filter("resumed at the beginning of epoch 2"::equals)).hasSize(2);
    assertThat(end.state().rollBacks()).isEqualTo(2);
    assertThat(end.state().tally().examples()).isEqualTo(80);
  }

  @Test
  void thereAreOnlySoManyRollBacks() {
    policies = policies(ROLL_BACK, NEVER, EPOCHS);
    fail("epoch 2 round 2/2", 3, solveThatRanAway());

    assertThatThrownBy(() -> trainer().train())
        .isInstanceOfSatisfying(
            JobFailure.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.DIVERGED));
  }

  @Test
  void aLowerLearningRateOutlivesTheDriver() {
    policies = policies(ROLL_BACK, NEVER, EPOCHS);
    fail("epoch 2 round 2/2", 3, solveThatRanAway());
    assertThatThrownBy(() -> trainer().train()).isInstanceOf(JobFailure.class);
    learningRates.clear();

    trainer().train();

    assertThat(learningRates).containsExactly(0.025, 0.025);
  }

  @Test
  void aSignalStopsTheTrainingWithACheckpoint() {
    stopIn("epoch 1 round 2/2");

    assertThatThrownBy(() -> trainer().train())
        .isInstanceOfSatisfying(
            JobFailure.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.STOPPED))
        .hasMessage(
            "Stopped by a signal at epoch 1 after round 1; the state is in"
                + " file:%s/checkpoints/checkpoint-000002.zip, from which train goes on with the"
                + " same settings and run.dir.",
            folder);
  }

  @Test
  void aDefectIsNotRepeated() {
    IllegalStateException defect = new IllegalStateException("a defect");
    fail("epoch 1 round 1/2", 1, defect);

    assertThatThrownBy(() -> trainer().train()).isSameAs(defect);
    assertThat(events).endsWith("epoch 1 round 1/2");
  }

  private static SparkException solveThatRanAway() {
    OdeSolveException solve =
        new OdeSolveException(FailureReason.TOO_MANY_STEPS, "9 trial steps.").inBlock("ode1");
    return new SparkException("Job aborted", new Exception(solve));
  }

  private void fail(String what, int times, Exception how) {
    failsIn = what;
    failures = times;
    failure = how;
  }

  /** The signal comes in a round, which fails for that. */
  private void stopIn(String what) {
    fail(what, 1, new SparkException("Job 3 cancelled"));
    signalled = true;
  }

  private boolean signalled;

  private TrainingPolicies policies(
      DivergenceSettings divergence, EarlyStopping earlyStopping, CheckpointSettings checkpoint) {
    return new TrainingPolicies(4, divergence, earlyStopping, checkpoint, () -> now);
  }

  private TrainingCheckpoints checkpoints() {
    return new TrainingCheckpoints(
        new CheckpointStore(RunDirectory.open(new Configuration(), folder.toString()), 2),
        scale -> TinyNetworks.dense(new Sgd(0.1 * scale)),
        new OuterOptimizer(0, 1),
        TinyData.DESCRIPTION);
  }

  private Trainer trainer() {
    return trainer(plan.epochs());
  }

  private Trainer trainer(int pauseAfter) {
    return new Trainer(
        plan,
        new Work(),
        checkpoints(),
        policies,
        pauseAfter,
        stop::requested,
        List.of(new Observer()));
  }

  private final class Work extends LocalTrainingWork {
    @Override
    public RoundReport train(ComputationGraph network, Round round) {
      events.add(round.toString());
      failIfOrdered(round.toString());
      learningRates.add(network.getLearningRate("hidden"));
      now += 60_000_000_000L;
      return super.train(network, round);
    }

    @Override
    public double testAccuracy(ComputationGraph network, String description) {
      events.add(description);
      failIfOrdered(description);
      return accuracies.isEmpty() ? 0.75 : accuracies.remove(0);
    }

    @Override
    public boolean sparkStopped() {
      return sparkStopped;
    }

    private void failIfOrdered(String what) {
      if (what.equals(failsIn) && failures-- > 0) {
        if (signalled) {
          Thread signal = new Thread(stop::stop);
          signal.setDaemon(true);
          signal.start();
          while (!stop.requested()) {
            Thread.onSpinWait();
          }
        }
        // as Spark does from Scala: throws a checked exception that is not declared
        ExceptionUtils.rethrow(failure);
      }
    }
  }

  private final class Observer implements TrainingObserver {
    @Override
    public void resumed(TrainingState state) {
      events.add("resumed at " + state.position());
    }

    @Override
    public void roundFinished(RoundReport report) {
      events.add("finished " + report.round());
    }

    @Override
    public void epochFinished(EpochReport report) {
      events.add("finished epoch %d accuracy %s".formatted(report.epoch(), report.testAccuracy()));
    }

    @Override
    public void checkpointComes() {
      events.add("checkpoint");
    }
  }
}
