/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.sweep.ledger;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.anodespark.jobs.config.SearchDimension;

/**
 * Something that happened in a sweep: a line of {@code trials.jsonl}. No entry says when, so that
 * sweeps that did the same have the same ledger.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "event")
@JsonSubTypes({
  @JsonSubTypes.Type(value = LedgerEntry.Searched.class, name = "searched"),
  @JsonSubTypes.Type(value = LedgerEntry.Begun.class, name = "begun"),
  @JsonSubTypes.Type(value = LedgerEntry.Promoted.class, name = "promoted"),
  @JsonSubTypes.Type(value = LedgerEntry.Stopped.class, name = "stopped"),
  @JsonSubTypes.Type(value = LedgerEntry.Finished.class, name = "finished"),
  @JsonSubTypes.Type(value = LedgerEntry.Lost.class, name = "lost"),
  @JsonSubTypes.Type(value = LedgerEntry.Failed.class, name = "failed")
})
public sealed interface LedgerEntry {
  /**
   * What is searched from now on.
   *
   * @param strategy in which order
   * @param trials how many there are to be in all; for a grid, all of its points
   * @param added how many of them were asked for beyond those that there were
   * @param seeds with which each trial is trained
   * @param rungs of each trial, in epochs
   * @param space the settings
   */
  record Searched(
      String strategy,
      int trials,
      int added,
      List<Integer> seeds,
      List<Integer> rungs,
      List<SearchDimension> space)
      implements LedgerEntry {
    public Searched {
      seeds = List.copyOf(seeds);
      rungs = List.copyOf(rungs);
      space = List.copyOf(space);
    }
  }

  /**
   * A trial, which is to be trained to the first rung.
   *
   * @param trial its number: that of trials before it
   * @param values of the settings, by key, each as JSON
   */
  record Begun(int trial, SortedMap<String, String> values) implements LedgerEntry {}

  /**
   * A trial is to be trained further.
   *
   * @param trial its number
   * @param epochs the rung that it is to reach
   */
  record Promoted(int trial, int epochs) implements LedgerEntry {}

  /**
   * A trial is trained no further.
   *
   * @param trial its number
   * @param epochs the rung that it has reached
   */
  record Stopped(int trial, int epochs) implements LedgerEntry {}

  /**
   * A training has reached a rung.
   *
   * @param trial its number
   * @param seed of the training
   * @param epochs the rung
   * @param measures what was measured there, by name
   */
  record Finished(int trial, int seed, int epochs, Map<String, Double> measures)
      implements LedgerEntry {
    public Finished {
      measures = Collections.unmodifiableMap(new LinkedHashMap<>(measures));
    }
  }

  /**
   * A training was lost with what it ran on, and is taken up again.
   *
   * @param trial its number
   * @param seed of the training
   * @param epochs the rung that it did not reach
   * @param reason one sentence
   */
  record Lost(int trial, int seed, int epochs, String reason) implements LedgerEntry {}

  /**
   * A training failed by itself, which closes its trial.
   *
   * @param trial its number
   * @param seed of the training
   * @param epochs the rung that it did not reach
   * @param reason one sentence
   */
  record Failed(int trial, int seed, int epochs, String reason) implements LedgerEntry {}
}
