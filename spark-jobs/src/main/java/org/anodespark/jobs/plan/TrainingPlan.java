/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.plan;

/**
 * All epochs of a run.
 *
 * @param seed the run's seed
 * @param examples size of the training data, at least 1
 * @param epochs at least 1
 * @param batchSize examples in a minibatch, at least 1
 * @param workers workers in a round, at least 1
 * @param frequency minibatches of one worker in a round
 */
public record TrainingPlan(
    long seed, int examples, int epochs, int batchSize, int workers, AveragingFrequency frequency) {
  /** With the same frequency, at least 1, in all epochs. */
  public TrainingPlan(
      long seed, int examples, int epochs, int batchSize, int workers, int frequency) {
    this(seed, examples, epochs, batchSize, workers, AveragingFrequency.constant(frequency));
  }

  /**
   * Plans one epoch.
   *
   * @param epoch from 1 to {@link #epochs()}
   */
  public EpochPlan epoch(int epoch) {
    return remaining(TrainingPosition.startOf(epoch));
  }

  /** Plans what is left of an epoch: no round if all of it is trained. */
  public EpochPlan remaining(TrainingPosition position) {
    return EpochPlan.remaining(
        seed, position, examples, batchSize, workers, frequency.in(position.epoch()));
  }

  /**
   * Iterations of that many epochs: what a schedule by iteration runs over. All epochs have the
   * same number of them, whatever their frequency: that of a worker's minibatches.
   *
   * @param ofEpochs from 0 to {@link #epochs()}
   * @throws ArithmeticException when there are more than 2^31 - 1
   */
  public int iterations(int ofEpochs) {
    return Math.multiplyExact(ofEpochs, epoch(1).iterations());
  }

  /**
   * Iterations of the whole run.
   *
   * @throws ArithmeticException when there are more than 2^31 - 1
   */
  public int iterations() {
    return iterations(epochs);
  }

  /** Examples trained in the whole run, counting each once per epoch. */
  public long examplesOfAllEpochs() {
    return (long) examples * epochs;
  }
}
