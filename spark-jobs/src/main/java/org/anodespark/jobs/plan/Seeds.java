/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.plan;

/**
 * Derives the seeds of everything random in a run from the run's one seed. Each use has its own
 * stream, so that no two draw the same numbers, and depends only on what it is for: a repeated
 * round, on whatever executor, draws the same numbers again.
 */
public final class Seeds {
  private static final long PERMUTATION = 1;
  private static final long AUGMENTATION = 2;
  private static final long UPDATE = 3;

  private Seeds() {}

  /** For the order of examples in an epoch. */
  public static long ofPermutation(long seed, int epoch) {
    return derive(seed, PERMUTATION, epoch);
  }

  /** For the augmentation of the examples of one minibatch. */
  public static long ofAugmentation(long seed, int epoch, int minibatch) {
    return derive(seed, AUGMENTATION, epoch, minibatch);
  }

  /** For what the network draws (dropout, noise) during one parameter update of one worker. */
  public static long ofUpdate(long seed, int iteration, int worker) {
    return derive(seed, UPDATE, iteration, worker);
  }

  private static long derive(long seed, long... labels) {
    long derived = mix(seed);
    for (long label : labels) {
      derived = mix(derived ^ mix(label));
    }
    return derived;
  }

  /** The output function of SplitMix64 (Steele, Lea and Flood, OOPSLA 2014). */
  private static long mix(long value) {
    long z = value + 0x9e3779b97f4a7c15L;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
