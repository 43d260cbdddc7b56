/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.train;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.anodespark.jobs.plan.Round;

/**
 * What one round was like.
 *
 * @param round the round
 * @param iteration the run's iteration at which it began, from 0
 * @param learningRate of its last parameter update; NaN for an updater that has none
 * @param tally sums over its minibatches
 */
public record RoundReport(Round round, int iteration, double learningRate, Tally tally) {

  /**
   * Sums up a round.
   *
   * @param records one per minibatch, in the order of workers and then of iterations
   * @param slots how many workers the cluster can run at once, at least 1
   * @throws IllegalStateException when not every example of the round was trained once
   */
  static RoundReport of(
      Round round,
      int iteration,
      double learningRate,
      List<MinibatchRecord> records,
      RoundTimes times,
      int slots) {
    Tally tally = new Tally();
    records.forEach(tally::add);
    int workers = round.shares().size();
    tally.addTime(times, Math.min(workers, slots), workers <= slots ? idleNanos(records) : 0);
    if (tally.examples() != round.examples()) {
      throw new IllegalStateException(
          "%s: %d examples trained, %d planned"
              .formatted(round, tally.examples(), round.examples()));
    }
    return new RoundReport(round, iteration, learningRate, tally);
  }

  /** The run's iteration after it: how many parameter updates the busiest workers have made. */
  int endIteration() {
    return iteration + round.iterations();
  }

  /**
   * How often an image went through the dynamics of an ODE block on the way to one parameter
   * update, what the backward pass evaluates again included: summed over all blocks, the mean over
   * the minibatches of the round. 0 without ODE blocks.
   */
  double evaluationsPerImage() {
    return (double) tally.evaluations() / round.minibatches().size();
  }

  /** Time of workers that were done before the slowest one, if all ran at once. */
  private static long idleNanos(List<MinibatchRecord> records) {
    Map<Integer, Long> busy =
        records.stream()
            .collect(
                Collectors.groupingBy(
                    MinibatchRecord::worker,
                    Collectors.summingLong(
                        record ->
                            record.computeNanos() + record.waitNanos() + record.setUpNanos())));
    long slowest = busy.values().stream().mapToLong(Long::longValue).max().orElse(0);
    return busy.values().stream().mapToLong(nanos -> slowest - nanos).sum();
  }
}
