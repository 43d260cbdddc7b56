/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.sweep.results;

import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.anodespark.jobs.config.Objective;
import org.anodespark.jobs.sweep.ledger.Ledger;
import org.anodespark.jobs.sweep.ledger.Trial;

/**
 * The trials of a sweep from the best to the worst: those that were trained longer first, then by
 * the first objective, then by number; those that failed behind all others.
 */
public final class Standings {
  private final List<Objective> objectives;
  private final int lastRung;
  private final List<Trial> inOrder;
  private final Map<Integer, Map<String, Double>> measuredLater = new HashMap<>();

  /** How far a trial has come. */
  public enum State {
    /** Trained to its end. */
    DONE,
    /** Ended before, since others were better; or it would be, did the sweep go on. */
    PRUNED,
    /** Ended by a failure. */
    FAILED
  }

  /**
   * Orders the trials of a ledger.
   *
   * @param lastRung the whole training, in epochs
   */
  public Standings(Ledger ledger, List<Objective> objectives, int lastRung) {
    this.objectives = List.copyOf(objectives);
    this.lastRung = lastRung;
    inOrder = ledger.trials().stream().sorted(order(objectives.get(0))).toList();
  }

  private static Comparator<Trial> order(Objective objective) {
    return Comparator.comparing((Trial trial) -> trial.failure().isEmpty())
        .thenComparingInt(Trial::epochs)
        .thenComparingDouble(
            trial ->
                trial.value(objective).stream()
                    .map(objective::benefit)
                    .filter(Double::isFinite)
                    .findFirst()
                    .orElse(Double.NEGATIVE_INFINITY))
        .reversed()
        .thenComparingInt(Trial::number);
  }

  /** Adds what was measured when the trials were trained. */
  public void measured(int trial, Map<String, Double> measures) {
    measuredLater.put(trial, Map.copyOf(measures));
  }

  /** All trials, the best one first. */
  public List<Trial> trials() {
    return inOrder;
  }

  /** What is looked for. */
  public List<Objective> objectives() {
    return objectives;
  }

  /** The best trial, if any has come to a rung and did not fail later. */
  public Optional<Trial> best() {
    return inOrder.stream()
        .findFirst()
        .filter(trial -> trial.epochs() > 0 && trial.failure().isEmpty());
  }

  /** How far a trial has come. */
  public State state(Trial trial) {
    if (trial.failure().isPresent()) {
      return State.FAILED;
    }
    return trial.epochs() == lastRung ? State.DONE : State.PRUNED;
  }

  /** All measures of a trial, at its highest rung. */
  public Map<String, Double> measures(Trial trial) {
    Map<String, Double> measures = new LinkedHashMap<>(trial.measures(trial.epochs()));
    measures.putAll(measuredLater.getOrDefault(trial.number(), Map.of()));
    return measures;
  }

  /** Names of all measures, in the order in which they were met. */
  public List<String> measureNames() {
    return inOrder.stream().flatMap(trial -> measures(trial).keySet().stream()).distinct().toList();
  }

  /** Keys of all settings that were searched, in alphabetical order. */
  public List<String> keys() {
    return inOrder.stream()
        .flatMap(trial -> trial.assignment().values().keySet().stream())
        .distinct()
        .sorted()
        .toList();
  }

  /**
   * The trials, of those trained to their end, than which no other is better in one objective and
   * no worse in the other; by number. Of one objective, the best.
   */
  public List<Trial> paretoFront() {
    List<Trial> done =
        inOrder.stream()
            .filter(trial -> state(trial) == State.DONE)
            .filter(trial -> IntStream.range(0, objectives.size()).allMatch(i -> isKnown(trial, i)))
            .toList();
    return done.stream()
        .filter(trial -> done.stream().noneMatch(other -> dominates(other, trial)))
        .sorted(Comparator.comparingInt(Trial::number))
        .toList();
  }

  private boolean isKnown(Trial trial, int objective) {
    Double value = measures(trial).get(objectives.get(objective).measure());
    return value != null && Double.isFinite(value);
  }

  private boolean dominates(Trial one, Trial other) {
    boolean better = false;
    for (Objective objective : objectives) {
      double ofOne = objective.benefit(measures(one).get(objective.measure()));
      double ofOther = objective.benefit(measures(other).get(objective.measure()));
      if (ofOne < ofOther) {
        return false;
      }
      better |= ofOne > ofOther;
    }
    return better;
  }
}
