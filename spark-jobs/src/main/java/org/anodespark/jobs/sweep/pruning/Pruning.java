/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.sweep.pruning;

import java.util.List;
import java.util.Optional;
import org.anodespark.jobs.config.PruningSettings;

/**
 * How far trials are trained. Each is trained from rung to rung, where a rung is a number of
 * epochs; what becomes of it there depends on the others. Decisions are made when somebody is free
 * to train, from what is known then, so nobody waits for a slow trial.
 */
public interface Pruning {
  /** The rungs in epochs, rising; the last is the whole training. */
  List<Integer> rungs();

  /**
   * Decides about one trial.
   *
   * @param standings of all trials that were begun, in the order of their numbers
   * @return nothing while nothing can be decided about any of them
   */
  Optional<Decision> decide(List<Standing> standings);

  /**
   * The one that settings ask for.
   *
   * @param epochs of a whole training
   */
  static Pruning of(PruningSettings settings, int epochs) {
    return switch (settings.kind()) {
      case PruningSettings.HALVING ->
          new SuccessiveHalving(settings.firstEpochs(), settings.factor(), epochs);
      case PruningSettings.MEDIAN ->
          new MedianStopping(
              settings.firstEpochs(), settings.everyEpochs(), settings.leastTrials(), epochs);
      default -> new NoPruning(epochs);
    };
  }
}
