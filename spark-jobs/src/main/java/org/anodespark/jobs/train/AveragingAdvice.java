/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.train;

import java.util.Locale;
import java.util.function.Consumer;
import org.anodespark.jobs.plan.AveragingFrequency;
import org.anodespark.jobs.plan.Round;

/**
 * Proposes to average less often when workers do not compute for too much of a round: at most once
 * in an epoch, and not for the first round, in which executors start.
 *
 * <p>It takes the time in which they do not compute for the same in every round, however many
 * minibatches that has. With a share o of it in a round of f minibatches, F minibatches have a
 * share of at most a when F &gt;= f (o / (1 - o)) / (a / (1 - a)).
 */
final class AveragingAdvice implements TrainingObserver {
  private static final double ACCEPTABLE = 0.2;

  private final AveragingFrequency frequency;
  private final Consumer<String> warning;
  private boolean executorsStarted;
  private int epochOfLastAdvice;

  /**
   * @param frequency of the training
   * @param warning is given the sentence
   */
  AveragingAdvice(AveragingFrequency frequency, Consumer<String> warning) {
    this.frequency = frequency;
    this.warning = warning;
  }

  @Override
  public void roundFinished(RoundReport report) {
    if (!executorsStarted) {
      executorsStarted = true;
      return;
    }
    Round round = report.round();
    double overhead = report.tally().overheadFraction();
    int now = frequency.in(round.epoch());
    int proposed = proposed(round.iterations(), overhead);
    // a short last round may ask for no more than there is; one that is a whole epoch has no more
    if (overhead > ACCEPTABLE
        && proposed > now
        && round.rounds() > 1
        && round.epoch() != epochOfLastAdvice) {
      epochOfLastAdvice = round.epoch();
      warning.accept(
          String.format(
              Locale.ROOT,
              "Workers did not compute for %.0f %% of the time in %s: %s = %d instead of %d would"
                  + " bring that to %.0f %%.",
              100 * overhead,
              round,
              frequency.isWarmUp(round.epoch())
                  ? "averaging.warm-up.frequency"
                  : "averaging.frequency",
              proposed,
              now,
              100 * ACCEPTABLE));
    }
  }

  @Override
  public void epochFinished(EpochReport epoch) {}

  /** Minibatches of a worker in a round, for a share of time that is acceptable. */
  private static int proposed(int iterations, double overhead) {
    return (int)
        Math.ceil(iterations * (overhead / (1 - overhead)) / (ACCEPTABLE / (1 - ACCEPTABLE)));
  }
}
