/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.train;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.anodespark.jobs.plan.AveragingFrequency;
import org.anodespark.jobs.plan.Round;
import org.anodespark.jobs.plan.TrainingPlan;

/**
 * Proposes to average less often when workers do not compute for too much of a round; not for the
 * first round, in which executors start, and again only where what it has proposed is far from
 * enough, since what rounds take varies and a warning in every epoch tells nothing new.
 *
 * <p>It takes the time in which they do not compute for the same in every round, however many
 * minibatches that has. With a share o of it in a round of f minibatches, F minibatches have a
 * share of at most a when F &gt;= f (o / (1 - o)) / (a / (1 - a)).
 */
final class AveragingAdvice implements TrainingObserver {
  private static final double ACCEPTABLE = 0.2;

  /** By how much a proposal must exceed the one before. */
  private static final double FURTHER = 1.5;

  private final AveragingFrequency frequency;
  private final int iterationsOfEpoch;
  private final Consumer<String> warning;
  private boolean executorsStarted;

  /** What has been proposed instead of a frequency, of the warm-up and after it. */
  private final Map<Integer, Integer> proposals = new HashMap<>();

  /**
   * @param warning is given the sentence
   */
  AveragingAdvice(TrainingPlan plan, Consumer<String> warning) {
    this.frequency = plan.frequency();
    this.iterationsOfEpoch = plan.iterations(1);
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
    int needed = needed(round.iterations(), overhead);
    int proposed = Math.min(needed, iterationsOfEpoch);
    int configured = frequency.in(round.epoch());
    // of a short last round, the configured frequency may be enough
    if (overhead > ACCEPTABLE
        && proposed > configured
        && proposed >= FURTHER * proposals.getOrDefault(configured, 0)) {
      proposals.put(configured, proposed);
      warning.accept(sentence(round, overhead, proposed, proposed == needed));
    }
  }

  @Override
  public void epochFinished(EpochReport epoch) {}

  /** Minibatches of a worker in a round for a share of time that is acceptable. */
  private static int needed(int iterations, double overhead) {
    return (int)
        Math.ceil(iterations * (overhead / (1 - overhead)) / (ACCEPTABLE / (1 - ACCEPTABLE)));
  }

  private String sentence(Round round, double overhead, int proposed, boolean enough) {
    return String.format(
        Locale.ROOT,
        "Workers did not compute for %.0f %% of the time in %s: %s = %d instead of %d would bring"
            + " that %s %.0f %%.",
        100 * overhead,
        round,
        frequency.isWarmUp(round.epoch()) ? "averaging.warm-up.frequency" : "averaging.frequency",
        proposed,
        frequency.in(round.epoch()),
        enough ? "to" : "(one round in each epoch) nearer to",
        100 * ACCEPTABLE);
  }
}
