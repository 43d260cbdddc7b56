/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.plan;

/**
 * How many minibatches a worker trains between two averagings. Averaging often at first and rarely
 * later is post-local SGD (Lin, Stich, Patel and Jaggi, "Don't Use Large Mini-Batches, Use Local
 * SGD", ICLR 2020).
 *
 * @param frequency minibatches, at least 1
 * @param warmUpEpochs epochs at the beginning that use {@code warmUpFrequency}, at least 0
 * @param warmUpFrequency minibatches, at least 1
 */
public record AveragingFrequency(int frequency, int warmUpEpochs, int warmUpFrequency) {
  public AveragingFrequency {
    EpochPlan.requirePositive("frequency", frequency);
    EpochPlan.requirePositive("warmUpFrequency", warmUpFrequency);
  }

  /** The same in all epochs. */
  public static AveragingFrequency constant(int frequency) {
    return new AveragingFrequency(frequency, 0, 1);
  }

  /**
   * The frequency in an epoch.
   *
   * @param epoch from 1
   */
  public int in(int epoch) {
    return isWarmUp(epoch) ? warmUpFrequency : frequency;
  }

  /**
   * Whether an epoch is one of those at the beginning.
   *
   * @param epoch from 1
   */
  public boolean isWarmUp(int epoch) {
    return epoch <= warmUpEpochs;
  }
}
