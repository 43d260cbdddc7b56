/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.anodespark.jobs.plan.Round;
import org.anodespark.jobs.plan.TrainingPlan;
import org.anodespark.jobs.run.JsonLinesFile;
import org.anodespark.jobs.run.RunDirectory;
import org.anodespark.jobs.run.RunStatus;
import org.anodespark.jobs.run.Summary;
import org.anodespark.odelayers.solver.SolveStatistics;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shapes of {@code summary.json} and {@code metrics.jsonl}, which users may rely on. */
class TrainingRecordTest {
  private static final Round ROUND = new TrainingPlan(7, 40, 1, 20, 2, 1).epoch(1).rounds().get(0);
  private static final RoundReport REPORT =
      RoundReport.of(
          ROUND,
          5,
          0.0625,
          List.of(
              new MinibatchRecord(
                  0,
                  5,
                  "0",
                  "a",
                  20,
                  3_000_000_000L,
                  250_000_000L,
                  0,
                  0.5,
                  1000,
                  "kernels",
                  "cpu",
                  Map.of("b1", new SolveStatistics(4, 3, 4, 0, 2, 1, 0.25, 0.5, 64, 0.125))),
              new MinibatchRecord(
                  1,
                  5,
                  "1",
                  "b",
                  20,
                  3_250_000_000L,
                  0,
                  125_000_000L,
                  0.25,
                  2000,
                  "kernels",
                  "cpu",
                  Map.of("b1", new SolveStatistics(4, 3, 4, 5, 2, 2, 0.125, 0.75, 64, 0.5)))),
          new RoundTimes(4, 0.25, 0.125),
          2);
  private static final EpochReport EPOCH = new EpochReport(1, 0.375, 0.9, 0.875, 10, 6.5);

  private final TrainingRecord record =
      new TrainingRecord(new DataSetFacts("builtin-7", true), 123, 45L, Map.of("spark", "3.5.5"));

  @Test
  void theSummaryOfATraining() {
    TrainingState state =
        TrainingState.start().after(REPORT).after(EPOCH, new BestEpoch(1, 0.9, 2));

    assertThat(summaryJson(state))
        .isEqualTo(
            """
            {
              "job" : "train",
              "status" : "done",
              "seed" : 7,
              "config_hash" : "abc",
              "started" : "2026-01-02T03:04:05Z",
              "seconds" : 8.0,
              "data_set" : {
                "name" : "builtin-7",
                "builtin" : true
              },
              "parameters" : 123,
              "native_need_mebibytes" : 45,
              "epochs" : 1,
              "rounds" : 1,
              "examples_seen" : 40,
              "train_loss" : 0.375,
              "test_accuracy" : 0.9,
              "best_epoch" : {
                "epoch" : 1,
                "accuracy" : 0.9,
                "checkpoint" : 2
              },
              "roll_backs" : 0,
              "images_per_second" : 10.0,
              "overhead_fraction" : 0.21875,
              "overhead" : {
                "input_wait" : 0.03125,
                "broadcast" : 0.0625,
                "set_up" : 0.015625,
                "averaging" : 0.03125,
                "slowest_worker" : 0.015625,
                "other" : 0.0625
              },
              "input_wait_seconds" : 0.25,
              "ode" : {
                "b1" : {
                  "forward_evaluations" : 8,
                  "recomputed_evaluations" : 6,
                  "pullbacks" : 8,
                  "pushforwards" : 5,
                  "jet_coefficients" : 0,
                  "jet_pullbacks" : 0,
                  "accepted_steps" : 4,
                  "rejected_steps" : 3,
                  "shortest_step" : 0.125,
                  "longest_step" : 0.75,
                  "peak_saved_bytes" : 64,
                  "reconstruction_error" : 0.5,
                  "regularizers" : { }
                }
              },
              "executors" : [ {
                "id" : "0",
                "host" : "a",
                "kernels" : "kernels",
                "device" : "cpu",
                "examples" : 20,
                "peak_memory_bytes" : 1000
              }, {
                "id" : "1",
                "host" : "b",
                "kernels" : "kernels",
                "device" : "cpu",
                "examples" : 20,
                "peak_memory_bytes" : 2000
              } ],
              "per_epoch" : [ {
                "epoch" : 1,
                "train_loss" : 0.375,
                "test_accuracy" : 0.9,
                "validation_accuracy" : 0.875,
                "images_per_second" : 10.0,
                "seconds" : 6.5
              } ],
              "versions" : {
                "spark" : "3.5.5"
              }
            }
            """);
  }

  @Test
  void aTrainingThatFailedBeforeItsFirstRoundLeavesOutWhatItDoesNotKnow() {
    assertThat(summaryJson(TrainingState.start()))
        .contains("\"rounds\" : 0", "\"examples_seen\" : 0")
        .doesNotContain(
            "train_loss", "test_accuracy", "images_per_second", "overhead", "input_wait_seconds");
  }

  @Test
  void theMetricsHaveALinePerRoundAndPerEpoch(@TempDir Path folder) throws IOException {
    MetricsWriter metrics =
        new MetricsWriter(
            JsonLinesFile.metrics(RunDirectory.create(new Configuration(), folder.toString(), "")));

    metrics.roundFinished(REPORT);
    metrics.epochFinished(EPOCH);
    metrics.checkpointComes();

    assertThat(Files.readString(folder.resolve("metrics.jsonl")))
        .isEqualTo(
            """
            {"type":"round","epoch":1,"round":1,"rounds":1,"iteration":5,"examples":40,\
            "minibatches":2,"learning_rate":0.0625,"train_loss":0.375,"images_per_second":10.0,"overhead_fraction":0.21875,\
            "overhead":{"input_wait":0.03125,"broadcast":0.0625,"set_up":0.015625,\
            "averaging":0.03125,"slowest_worker":0.015625,"other":0.0625},"input_wait_seconds":0.25,\
            "seconds":4.0,"peak_memory_bytes":2000,"ode":{"b1":{"forward_evaluations":8,"recomputed_evaluations":6,"pullbacks":8,"pushforwards":5,"jet_coefficients":0,"jet_pullbacks":0,"accepted_steps":4,"rejected_steps":3,"shortest_step":0.125,"longest_step":0.75,"peak_saved_bytes":64,"reconstruction_error":0.5,"regularizers":{}}}}
            {"type":"epoch","epoch":1,"train_loss":0.375,"test_accuracy":0.9,\
            "validation_accuracy":0.875,"images_per_second":10.0,"seconds":6.5}
            """);
  }

  private String summaryJson(TrainingState state) {
    return new Summary(
            "train",
            RunStatus.DONE,
            null,
            7,
            "abc",
            Instant.parse("2026-01-02T03:04:05Z"),
            8,
            record.summary(state))
        .toJson();
  }
}
