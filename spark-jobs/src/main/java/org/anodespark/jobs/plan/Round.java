/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.plan;

import java.util.ArrayList;
import java.util.List;

/**
 * What is trained between two averagings.
 *
 * @param epoch the epoch that it belongs to, from 1
 * @param number position in the epoch, from 1
 * @param rounds how many rounds the epoch has
 * @param shares one per worker that has something to do, in the order of workers
 */
public record Round(int epoch, int number, int rounds, List<WorkerShare> shares) {
  public Round {
    shares = List.copyOf(shares);
  }

  /**
   * Cuts minibatches into the shares of at most {@code workers} workers.
   *
   * <p>The cut is the one that Spark's {@code parallelize(list, n)} makes: share i holds the
   * positions from i * size / n (rounded down) up to, but without, (i + 1) * size / n. So the
   * driver knows what each partition trains, and sizes differ by at most one. Fewer minibatches
   * than workers make fewer shares, never an empty one.
   *
   * @param minibatches at least one
   * @param workers at least 1
   */
  static Round of(int epoch, int number, int rounds, List<Minibatch> minibatches, int workers) {
    int count = Math.min(workers, minibatches.size());
    List<WorkerShare> shares = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      int from = (int) ((long) i * minibatches.size() / count);
      int to = (int) ((i + 1L) * minibatches.size() / count);
      shares.add(new WorkerShare(i, minibatches.subList(from, to)));
    }
    return new Round(epoch, number, rounds, shares);
  }

  /** All minibatches in the order in which they go into {@code parallelize}. */
  public List<Minibatch> minibatches() {
    return shares.stream().flatMap(share -> share.minibatches().stream()).toList();
  }

  /** The number of examples of all workers. */
  public int examples() {
    return shares.stream().mapToInt(WorkerShare::examples).sum();
  }

  /** Parameter updates of the worker that has most: what a schedule by iteration advances by. */
  public int iterations() {
    return shares.stream().mapToInt(share -> share.minibatches().size()).max().orElseThrow();
  }

  /** For people: {@code epoch 3 round 17/98}. */
  @Override
  public String toString() {
    return "epoch " + epoch + " round " + number + "/" + rounds;
  }
}
