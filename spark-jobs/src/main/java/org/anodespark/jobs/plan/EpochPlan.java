/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.plan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * One pass over all training examples, each of them exactly once, or what is left of it.
 *
 * @param epoch from 1
 * @param rounds in the order of training
 */
public record EpochPlan(int epoch, List<Round> rounds) {
  public EpochPlan {
    rounds = List.copyOf(rounds);
  }

  /**
   * Plans an epoch: shuffles the examples, cuts them into minibatches of {@code batchSize} (the
   * last may be shorter) and those into rounds of {@code workers} times {@code frequency} (the last
   * may be shorter, shared out as evenly as can be).
   *
   * @param seed the run's seed
   * @param epoch from 1; every epoch has its own order
   * @param examples size of the data set, at least 1
   * @param batchSize examples in a minibatch, at least 1
   * @param workers workers in a round, at least 1
   * @param frequency minibatches of one worker in a round, at least 1
   * @throws IllegalArgumentException when a number is below 1
   */
  public static EpochPlan training(
      long seed, int epoch, int examples, int batchSize, int workers, int frequency) {
    return remaining(
        seed, TrainingPosition.startOf(epoch), examples, batchSize, workers, frequency);
  }

  /**
   * Plans what is left of an epoch. The order of the examples depends on the seed and the epoch
   * alone, so whatever the other numbers were before, each example is trained once; and if they are
   * what they were, the rounds are the last ones of the whole epoch's plan.
   *
   * @param position what is trained already
   * @see #training
   */
  static EpochPlan remaining(
      long seed,
      TrainingPosition position,
      int examples,
      int batchSize,
      int workers,
      int frequency) {
    requirePositive("epoch", position.epoch());
    requirePositive("examples", examples);
    requirePositive("batchSize", batchSize);
    requirePositive("workers", workers);
    requirePositive("frequency", frequency);
    if (position.examples() > examples) {
      throw new IllegalArgumentException(
          "%d of %d examples are trained".formatted(position.examples(), examples));
    }
    int[] order = permutation(Seeds.ofPermutation(seed, position.epoch()), examples);
    List<Minibatch> minibatches =
        cut(
            Arrays.copyOfRange(order, position.examples(), examples),
            batchSize,
            position.minibatches());
    long perRound = (long) workers * frequency;
    int count = (int) ((minibatches.size() + perRound - 1) / perRound);
    List<Round> rounds = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      int from = (int) (i * perRound);
      int to = (int) Math.min(minibatches.size(), from + perRound);
      rounds.add(
          Round.of(
              position.epoch(),
              position.rounds() + i + 1,
              position.rounds() + count,
              minibatches.subList(from, to),
              workers));
    }
    return new EpochPlan(position.epoch(), rounds);
  }

  /** The number of examples: of a whole epoch, the size of the data set. */
  public int examples() {
    return rounds.stream().mapToInt(Round::examples).sum();
  }

  /** By how much a schedule by iteration advances: see {@link Round#iterations()}. */
  public int iterations() {
    return rounds.stream().mapToInt(Round::iterations).sum();
  }

  /** Cuts positions into minibatches, in order; the last may be shorter. */
  static List<Minibatch> cut(int[] order, int batchSize) {
    return cut(order, batchSize, 0);
  }

  private static List<Minibatch> cut(int[] order, int batchSize, int firstNumber) {
    List<Minibatch> minibatches = new ArrayList<>();
    for (int from = 0; from < order.length; from += batchSize) {
      int[] examples = Arrays.copyOfRange(order, from, Math.min(order.length, from + batchSize));
      minibatches.add(
          new Minibatch(
              firstNumber + minibatches.size(), Arrays.stream(examples).boxed().toList()));
    }
    return minibatches;
  }

  static void requirePositive(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " is " + value + ", expected at least 1");
    }
  }

  /** Fisher-Yates with {@link Random}, whose numbers Java fixes for all releases. */
  private static int[] permutation(long seed, int size) {
    Random random = new Random(seed);
    int[] order = new int[size];
    for (int i = 0; i < size; i++) {
      int j = random.nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }
}
