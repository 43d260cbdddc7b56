/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.plan;

/**
 * How far a training has come: what of the current epoch is trained.
 *
 * @param epoch the current epoch, from 1
 * @param rounds how many of its rounds are trained
 * @param minibatches how many of its minibatches are trained
 * @param examples how many of its examples are trained; they are the first ones in the epoch's
 *     order
 */
public record TrainingPosition(int epoch, int rounds, int minibatches, int examples) {
  /** Before the first round of an epoch. */
  public static TrainingPosition startOf(int epoch) {
    return new TrainingPosition(epoch, 0, 0, 0);
  }

  /** After one more round, which is the one that comes next. */
  public TrainingPosition after(Round round) {
    return new TrainingPosition(
        round.epoch(),
        round.number(),
        minibatches + round.minibatches().size(),
        examples + round.examples());
  }

  /** Whether nothing of the epoch is trained yet. */
  public boolean atStartOfEpoch() {
    return examples == 0;
  }

  /** For people: {@code epoch 3 after round 17}. */
  @Override
  public String toString() {
    return atStartOfEpoch()
        ? "the beginning of epoch " + epoch
        : "epoch " + epoch + " after round " + rounds;
  }
}
