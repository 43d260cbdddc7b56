/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.anodespark.jobs.failure.ExitCode;
import org.anodespark.jobs.failure.JobFailure;
import org.anodespark.jobs.plan.Minibatch;
import org.anodespark.jobs.plan.Round;
import org.anodespark.jobs.plan.TrainingPlan;
import org.anodespark.jobs.plan.WorkerShare;
import org.anodespark.jobs.run.Checkpoints;
import org.anodespark.jobs.run.RunDirectory;
import org.anodespark.jobs.testing.TinyData;
import org.anodespark.jobs.testing.TinyNetworks;
import org.anodespark.odelayers.failure.FailureReason;
import org.anodespark.odelayers.failure.OdeSolveException;
import org.apache.commons.lang3.exception.ExceptionUtils;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkException;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.learning.config.Sgd;

class TrainerTest {
  /** Two rounds an epoch. */
  private static final TrainingPlan PLAN = new TrainingPlan(7, 40, 2, 10, 2, 1);

  @TempDir Path folder;
  private final ComputationGraph network = TinyNetworks.dense(new Sgd(0.1));
  private final List<String> events = new ArrayList<>();
  private Exception failure;
  private String failsIn;
  private int failures;
  private boolean sparkStopped;

  @Test
  void roundsThenCheckpointThenEvaluationMakeAnEpoch() {
    trainer().train();

    assertThat(events)
        .containsExactly(
            "epoch 1 round 1/2",
            "finished epoch 1 round 1/2",
            "epoch 1 round 2/2",
            "finished epoch 1 round 2/2",
            "evaluation after epoch 1 with checkpoint",
            "finished epoch 1 loss 2.0 accuracy 0.75",
            "epoch 2 round 1/2",
            "finished epoch 2 round 1/2",
            "epoch 2 round 2/2",
            "finished epoch 2 round 2/2",
            "evaluation after epoch 2 with checkpoint",
            "finished epoch 2 loss 2.0 accuracy 0.75");
    assertThat(network.getEpochCount()).isEqualTo(2);
  }

  @Test
  void aCheckpointKnowsHowManyEpochsAreDone() throws Exception {
    trainer().train();

    assertThat(restored("epoch-0001.zip").getEpochCount()).isEqualTo(1);
    assertThat(restored("epoch-0002.zip").getEpochCount()).isEqualTo(2);
  }

  @Test
  void aRoundThatSparkGivesUpIsRepeatedThreeTimes() {
    fail("epoch 1 round 2/2", 3, new SparkException("Job aborted due to stage failure"));

    trainer().train();

    assertThat(events.stream().filter("epoch 1 round 2/2"::equals)).hasSize(4);
    assertThat(events).endsWith("finished epoch 2 loss 2.0 accuracy 0.75");
  }

  @Test
  void afterFourTriesTheStateBeforeTheRoundIsSavedAndTheTrainingStops() throws Exception {
    fail(
        "epoch 2 round 2/2",
        4,
        new SparkException("Job aborted: task 1 failed 4 times\nDriver stacktrace:"));

    assertThatThrownBy(() -> trainer().train())
        .isInstanceOfSatisfying(
            JobFailure.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.GAVE_UP))
        .hasMessage(
            "Gave up on epoch 2 round 2/2 after 4 tries (Job aborted: task 1 failed 4 times); the"
                + " state before it is in file:%s/checkpoints/epoch-0002-round-0001.zip.",
            folder);

    assertThat(restored("epoch-0002-round-0001.zip").params()).isEqualTo(network.params());
  }

  @Test
  void anEvaluationThatSparkGivesUpStopsTheTrainingWithTheEpochsCheckpoint() {
    fail("evaluation after epoch 1", 4, new SparkException("Job aborted"));

    assertThatThrownBy(() -> trainer().train())
        .isInstanceOfSatisfying(
            JobFailure.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.GAVE_UP))
        .hasMessageEndingWith("/checkpoints/epoch-0001.zip.");
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
    assertThat(events).containsExactly("epoch 1 round 1/2");
  }

  @Test
  void aSolveThatRanAwayIsNotRepeated() {
    OdeSolveException solve =
        new OdeSolveException(FailureReason.TOO_MANY_STEPS, "9 trial steps.").inBlock("ode1");
    fail("epoch 1 round 2/2", 1, new SparkException("Job aborted", new Exception(solve)));

    assertThatThrownBy(() -> trainer().train())
        .isInstanceOfSatisfying(
            JobFailure.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.DIVERGED))
        .hasMessage("Training diverged in epoch 1 round 2/2: ODE block \"ode1\": 9 trial steps.");
    assertThat(events.stream().filter("epoch 1 round 2/2"::equals)).hasSize(1);
  }

  @Test
  void aDefectIsNotRepeated() {
    IllegalStateException defect = new IllegalStateException("a defect");
    fail("epoch 1 round 1/2", 1, defect);

    assertThatThrownBy(() -> trainer().train()).isSameAs(defect);
    assertThat(events).containsExactly("epoch 1 round 1/2");
  }

  private void fail(String what, int times, Exception how) {
    failsIn = what;
    failures = times;
    failure = how;
  }

  private Trainer trainer() {
    Checkpoints checkpoints =
        new Checkpoints(
            RunDirectory.create(new Configuration(), folder.toString(), ""), TinyData.DESCRIPTION);
    TrainingObserver observer =
        new TrainingObserver() {
          @Override
          public void roundFinished(RoundReport report) {
            events.add("finished " + report.round());
          }

          @Override
          public void epochFinished(EpochReport report) {
            events.add(
                "finished epoch %d loss %s accuracy %s"
                    .formatted(report.epoch(), report.trainLoss(), report.testAccuracy()));
          }
        };
    return new Trainer(
        PLAN,
        network,
        this::train,
        this::evaluate,
        () -> sparkStopped,
        checkpoints,
        List.of(observer));
  }

  private RoundReport train(Round round) {
    events.add(round.toString());
    failIfOrdered(round.toString());
    List<MinibatchRecord> records = new ArrayList<>();
    for (WorkerShare share : round.shares()) {
      for (Minibatch minibatch : share.minibatches()) {
        records.add(
            new MinibatchRecord(
                share.worker(),
                0,
                "1",
                "host",
                minibatch.size(),
                1,
                0,
                0,
                2.0,
                1,
                "kernels",
                Map.of()));
      }
    }
    return RoundReport.of(round, 0, records, new RoundTimes(1, 0, 0), 2);
  }

  private double evaluate(String what) {
    Path checkpoint = folder.resolve("checkpoints/epoch-000" + network.getEpochCount() + ".zip");
    events.add(what + (checkpoint.toFile().exists() ? " with checkpoint" : ""));
    failIfOrdered(what);
    return 0.75;
  }

  private void failIfOrdered(String what) {
    if (what.equals(failsIn) && failures-- > 0) {
      // as Spark does from Scala: throws a checked exception that is not declared
      ExceptionUtils.rethrow(failure);
    }
  }

  private ComputationGraph restored(String name) throws Exception {
    return ModelSerializer.restoreComputationGraph(
        folder.resolve("checkpoints").resolve(name).toFile(), true);
  }
}
