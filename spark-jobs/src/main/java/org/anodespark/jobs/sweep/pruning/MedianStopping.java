/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.sweep.pruning;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.commons.math3.stat.descriptive.rank.Median;

/**
 * The median stopping rule: a trial is ended at a rung if its best objective so far is worse than
 * the median, over the other trials that came to that rung, of the mean of their objectives up to
 * there. As long as too few came there, it goes on. Trials that failed do not count.
 *
 * <p>Source: D. Golovin, B. Solnik, S. Moitra, G. Kochanski, J. Karro and D. Sculley, "Google
 * Vizier: a service for black-box optimization", KDD 2017, section 3.1.2.
 */
final class MedianStopping implements Pruning {
  private final int leastTrials;
  private final List<Integer> rungs = new ArrayList<>();

  /**
   * @param firstEpochs the lowest rung
   * @param everyEpochs from rung to rung
   * @param leastTrials how many other trials must have come to a rung before one is ended there
   * @param epochs of a whole training, the highest rung
   */
  MedianStopping(int firstEpochs, int everyEpochs, int leastTrials, int epochs) {
    this.leastTrials = leastTrials;
    for (int rung = firstEpochs; rung < epochs; rung += everyEpochs) {
      rungs.add(rung);
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
      for (Standing standing : standings) {
        if (standing.isWaitingAt(rung)) {
          return Optional.of(
              new Decision(standing.trial(), !isBelowMedian(standing, standings, rung)));
        }
      }
    }
    return Optional.empty();
  }

  private boolean isBelowMedian(Standing trial, List<Standing> all, int rung) {
    double[] means =
        all.stream()
            .filter(other -> other.trial() != trial.trial() && !other.failed())
            .filter(other -> other.isKnownAt(rung))
            .mapToDouble(other -> meanUpTo(other, rung))
            .toArray();
    return means.length >= leastTrials && bestUpTo(trial, rung) < new Median().evaluate(means);
  }

  private static double meanUpTo(Standing standing, int rung) {
    double sum = 0;
    for (int i = 0; i <= rung; i++) {
      sum += standing.benefitAt(i);
    }
    return sum / (rung + 1);
  }

  private static double bestUpTo(Standing standing, int rung) {
    double best = standing.benefitAt(0);
    for (int i = 1; i <= rung; i++) {
      best = Math.max(best, standing.benefitAt(i));
    }
    return best;
  }
}
