/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SummaryTest {
  private static final Instant STARTED = Instant.parse("2026-01-02T03:04:05.678Z");

  @Test
  void aFinishedJobTellsItsDetailsBesideWhatEveryJobTells() {
    Summary summary =
        new Summary(
            "prepare", RunStatus.DONE, null, 7, "abc", STARTED, 1.5, new Details(10, "cifar-10"));

    assertThat(summary.toJson())
        .isEqualTo(
            """
            {
              "job" : "prepare",
              "status" : "done",
              "seed" : 7,
              "config_hash" : "abc",
              "started" : "2026-01-02T03:04:05Z",
              "seconds" : 1.5,
              "shard_count" : 10,
              "name" : "cifar-10"
            }
            """);
  }

  @Test
  void aFailureTellsItsReason() {
    Summary summary =
        new Summary(
            "train", RunStatus.DIVERGED, "The loss is NaN.", 7, "abc", STARTED, 1.5, Map.of());

    assertThat(summary.toJson())
        .contains("\"status\" : \"diverged\"", "\"reason\" : \"The loss is NaN.\"");
  }

  @Test
  void whatIsNotAFiniteNumberIsLeftOut() {
    Numbers numbers =
        new Numbers(
            Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, null, 1e300, 0.0);

    assertThat(new Summary("train", RunStatus.DONE, null, 7, "abc", STARTED, 1.5, numbers).toJson())
        .endsWith(
            """
              "seconds" : 1.5,
              "large" : 1.0E300,
              "zero" : 0.0
            }
            """);
  }

  @Test
  void whatIsNotAFiniteNumberIsLeftOutOfMapsToo() {
    Map<String, Double> measures = new TreeMap<>(Map.of("lost", Double.NaN, "found", 0.5));

    assertThat(Json.line(new Measured(measures, List.of("x"), Map.of("text", "NaN"))))
        .isEqualTo("{\"measures\":{\"found\":0.5},\"list\":[\"x\"],\"words\":{\"text\":\"NaN\"}}");
  }

  private record Measured(
      Map<String, Double> measures, List<String> list, Map<String, String> words) {}

  @Test
  void detailsThatAreNotAnObjectAreRefused() {
    Summary summary = new Summary("train", RunStatus.DONE, null, 7, "abc", STARTED, 1.5, "text");

    assertThatIllegalArgumentException().isThrownBy(summary::toJson);
  }

  private record Numbers(
      double notANumber,
      double infinite,
      Double below,
      Double unknown,
      double large,
      Double zero) {}

  private record Details(int shardCount, String name) {}
}
