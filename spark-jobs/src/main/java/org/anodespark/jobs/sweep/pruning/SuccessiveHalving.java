/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.sweep.pruning;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Asynchronous successive halving: of the n trials that have come to a rung, the best n / factor,
 * rounded down, may go on to the next one, at any time; upper rungs first. A trial that failed
 * counts as the worst at each rung that it was to reach, so that another one may take its place. A
 * trial may go on that later ones overtake: that is the price of not waiting for them.
 *
 * <p>Source: L. Li, K. Jamieson, A. Rostamizadeh, E. Gonina, J. Ben-Tzur, M. Hardt, B. Recht and A.
 * Talwalkar, "A system for massively parallel hyperparameter tuning", MLSys 2020, algorithm 2.
 */
final class SuccessiveHalving implements Pruning {
  private final int factor;
  private final List<Integer> rungs = new ArrayList<>();

  /**
   * @param firstEpochs the lowest rung; the others are the factor apart
   * @param factor at least 2
   * @param epochs of a whole training, the highest rung
   */
  SuccessiveHalving(int firstEpochs, int factor, int epochs) {
    this.factor = factor;
    for (long rung = firstEpochs; rung < epochs; rung *= factor) {
      rungs.add((int) rung);
    }
    rungs.add(epochs);
  }

  @Override
  public List<Integer> rungs() {
    return List.copyOf(rungs);
  }

  @Override
  public Optional<Decision> decide(List<Standing> standings) {
    for (int rung = rungs.size() - 2; rung >= 0; rung--) {
      Optional<Standing> promotable = promotable(standings, rung);
      if (promotable.isPresent()) {
        return Optional.of(new Decision(promotable.get().trial(), true));
      }
    }
    return Optional.empty();
  }

  private Optional<Standing> promotable(List<Standing> standings, int rung) {
    List<Standing> known =
        standings.stream()
            .filter(standing -> standing.isKnownAt(rung))
            .sorted(
                Comparator.comparingDouble((Standing standing) -> standing.benefitAt(rung))
                    .reversed()
                    .thenComparingInt(Standing::trial))
            .toList();
    return known.stream()
        .limit(known.size() / factor)
        .filter(standing -> standing.isWaitingAt(rung))
        .findFirst();
  }
}
