/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class StratifiedChoiceTest {
  private static int[] perClass(BitSet chosen, int[] labels) {
    int[] counts = new int[100];
    chosen.stream().forEach(example -> counts[labels[example]]++);
    return counts;
  }

  @Property
  void asManyAsWantedAreChosenAndEachClassGivesItsShareUpToOne(
      @ForAll @Size(min = 1, max = 200) List<@IntRange(max = 99) Integer> classes,
      @ForAll @DoubleRange(max = 1) double part,
      @ForAll long seed) {
    int[] labels = classes.stream().mapToInt(Integer::intValue).toArray();
    int count = (int) (part * labels.length);
    BitSet chosen = StratifiedChoice.choose(labels, count, seed);
    assertThat(chosen.cardinality()).isEqualTo(count);
    assertThat(chosen.length()).isLessThanOrEqualTo(labels.length);
    int[] given = perClass(chosen, labels);
    for (int k = 0; k < 100; k++) {
      int current = k;
      double share =
          IntStream.of(labels).filter(label -> label == current).count()
              * (double) count
              / labels.length;
      assertThat((double) given[k]).isBetween(Math.floor(share), Math.ceil(share));
    }
  }

  @Test
  void equalClassesGiveEqualShares() {
    int[] labels = IntStream.range(0, 1000).map(i -> i % 10).toArray();
    int[] given = perClass(StratifiedChoice.choose(labels, 100, 5), labels);
    assertThat(Arrays.copyOf(given, 10)).containsOnly(10);
  }

  @Test
  void whatRoundingLosesComesFromTheClassThatLostMost() {
    // shares of 4 out of 10: 2.4, 1.2 and 0.4
    int[] labels = {0, 0, 0, 0, 0, 0, 1, 1, 1, 2};
    assertThat(Arrays.copyOf(perClass(StratifiedChoice.choose(labels, 4, 1), labels), 3))
        .containsExactly(3, 1, 0);
  }

  @Test
  void theSeedAloneDecidesWithinAClass() {
    int[] labels = new int[100];
    assertThat(StratifiedChoice.choose(labels, 50, 1))
        .isEqualTo(StratifiedChoice.choose(labels, 50, 1))
        .isNotEqualTo(StratifiedChoice.choose(labels, 50, 2));
  }

  @Test
  void everyExampleOfAClassIsChosenEquallyOften() {
    int[] labels = new int[10];
    int[] chosen = new int[10];
    for (int seed = 0; seed < 10_000; seed++) {
      StratifiedChoice.choose(labels, 3, seed).stream().forEach(example -> chosen[example]++);
    }
    // 3000 expected, standard deviation 46
    assertThat(IntStream.of(chosen).boxed())
        .allSatisfy(count -> assertThat(count).isBetween(2770, 3230));
  }
}
