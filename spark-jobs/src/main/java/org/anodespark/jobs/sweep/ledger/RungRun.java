/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.sweep.ledger;

/**
 * The unit of work of a sweep: one training of a trial on its way from one rung to the next.
 *
 * @param trial number of the trial
 * @param seed of the training
 * @param epochs the rung that it is to reach
 */
public record RungRun(int trial, int seed, int epochs) {
  @Override
  public String toString() {
    return "trial %d with seed %d to epoch %d".formatted(trial, seed, epochs);
  }
}
