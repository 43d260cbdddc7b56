/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.data;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Chooses examples at random, from each class its share. */
final class StratifiedChoice {
  private StratifiedChoice() {}

  /**
   * Chooses examples. A class with n of the N examples gives {@code count n / N} of them, rounded
   * down; what is missing then comes from the classes that lost most by the rounding, the first of
   * them where they lost the same.
   *
   * @param labels class of each example, 0 or more
   * @param count how many to choose, 0 to the number of examples
   * @param seed any number; equal arguments give equal choices
   * @return the indices of the chosen
   */
  static BitSet choose(int[] labels, int count, long seed) {
    int classes = IntStream.of(labels).max().orElse(-1) + 1;
    List<List<Integer>> examples = new ArrayList<>();
    for (int k = 0; k < classes; k++) {
      examples.add(new ArrayList<>());
    }
    for (int example = 0; example < labels.length; example++) {
      examples.get(labels[example]).add(example);
    }
    int[] shares = shares(examples.stream().mapToInt(List::size).toArray(), count, labels.length);
    SplittableRandom random = new SplittableRandom(seed);
    BitSet chosen = new BitSet(labels.length);
    for (int k = 0; k < classes; k++) {
      List<Integer> rest = examples.get(k);
      for (int i = 0; i < shares[k]; i++) {
        int place = random.nextInt(rest.size());
        chosen.set(rest.get(place));
        rest.set(place, rest.get(rest.size() - 1));
        rest.remove(rest.size() - 1);
      }
    }
    return chosen;
  }

  private static int[] shares(int[] sizes, int count, int examples) {
    int[] shares = new int[sizes.length];
    long[] remainders = new long[sizes.length];
    int missing = count;
    for (int k = 0; k < sizes.length; k++) {
      long product = (long) sizes[k] * count;
      shares[k] = (int) (product / examples);
      remainders[k] = product % examples;
      missing -= shares[k];
    }
    IntStream.range(0, sizes.length)
        .boxed()
        .sorted(Comparator.comparingLong((Integer k) -> remainders[k]).reversed())
        .limit(missing)
        .forEach(k -> shares[k]++);
    return shares;
  }
}
