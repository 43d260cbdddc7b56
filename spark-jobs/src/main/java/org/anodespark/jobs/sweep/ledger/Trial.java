/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.sweep.ledger;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.anodespark.jobs.config.Objective;
import org.anodespark.jobs.sweep.pruning.Standing;
import org.anodespark.jobs.sweep.search.Assignment;

/** What a ledger tells of one trial so far. */
public final class Trial {
  private final int number;
  private final Assignment assignment;
  private final List<Integer> seeds;
  private final NavigableMap<Integer, Map<Integer, Map<String, Double>>> results = new TreeMap<>();
  private final Map<RungRun, Integer> losses = new HashMap<>();
  private int decided;
  private boolean stopped;
  private String failure;

  Trial(int number, Assignment assignment, List<Integer> seeds, int firstRung) {
    this.number = number;
    this.assignment = assignment;
    this.seeds = List.copyOf(seeds);
    this.decided = firstRung;
  }

  void promote(int epochs) {
    decided = epochs;
  }

  void stop() {
    stopped = true;
  }

  void finish(RungRun run, Map<String, Double> measures) {
    results.computeIfAbsent(run.epochs(), epochs -> new TreeMap<>()).put(run.seed(), measures);
  }

  void lose(RungRun run) {
    losses.merge(run, 1, Integer::sum);
  }

  void fail(String reason) {
    failure = reason;
  }

  /** Its number, from 0. */
  public int number() {
    return number;
  }

  /** The values of what is searched. */
  public Assignment assignment() {
    return assignment;
  }

  /** Why it was closed before its end, if it was. */
  public Optional<String> failure() {
    return Optional.ofNullable(failure);
  }

  /** How often a training was lost on its way to a rung. */
  public int losses(RungRun run) {
    return losses.getOrDefault(run, 0);
  }

  /** The rung that it is meant to reach. */
  public int decidedEpochs() {
    return decided;
  }

  /** The highest rung that all of its trainings have reached; 0 before the first. */
  public int epochs() {
    return results.descendingMap().entrySet().stream()
        .filter(rung -> rung.getValue().size() == seeds.size())
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse(0);
  }

  /** Whether one of its trainings has reached a rung. */
  boolean hasFinished(RungRun run) {
    return results.getOrDefault(run.epochs(), Map.of()).containsKey(run.seed());
  }

  /** Its trainings that are to be done now. */
  List<RungRun> open() {
    if (failure != null || stopped) {
      return List.of();
    }
    return seeds.stream()
        .map(seed -> new RungRun(number, seed, decided))
        .filter(run -> !hasFinished(run))
        .toList();
  }

  /** Measures at a rung, by name, as means over the seeds; empty if not all of them are there. */
  public Map<String, Double> measures(int epochs) {
    Map<Integer, Map<String, Double>> ofSeeds = results.getOrDefault(epochs, Map.of());
    Map<String, Double> means = new LinkedHashMap<>();
    if (ofSeeds.size() == seeds.size()) {
      for (Map<String, Double> measures : ofSeeds.values()) {
        measures.forEach((name, value) -> means.merge(name, value / seeds.size(), Double::sum));
      }
    }
    return means;
  }

  /** An objective at the highest rung that the trial has reached. */
  public OptionalDouble value(Objective objective) {
    Double value = measures(epochs()).get(objective.measure());
    return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
  }

  /**
   * Where it stands.
   *
   * @param rungs of the sweep, in epochs
   */
  Standing standing(Objective objective, List<Integer> rungs) {
    List<Double> benefits = new ArrayList<>();
    for (int rung : rungs) {
      Map<String, Double> measures = measures(rung);
      if (measures.isEmpty()) {
        break;
      }
      Double value = measures.get(objective.measure());
      benefits.add(value == null ? Double.NaN : objective.benefit(value));
    }
    int meant = (int) rungs.stream().filter(rung -> rung <= decided).count();
    return new Standing(number, meant, benefits, stopped, failure != null);
  }
}
