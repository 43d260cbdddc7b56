/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.benchmarks.measurement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class SampleTest {
  @Test
  void hasTheMiddleOfAnOddNumberOfValuesAsItsMedian() {
    assertThat(new Sample(List.of(9.0, 1.0, 2.0)).median()).isEqualTo(2.0);
  }

  @Test
  void hasTheMeanOfTheMiddleTwoOfAnEvenNumberOfValuesAsItsMedian() {
    assertThat(new Sample(List.of(9.0, 1.0, 2.0, 4.0)).median()).isEqualTo(3.0);
  }

  @Test
  void interpolatesQuartilesLinearly() {
    Sample five = new Sample(List.of(5.0, 1.0, 4.0, 2.0, 3.0));
    assertThat(five.lowerQuartile()).isEqualTo(2.0);
    assertThat(five.upperQuartile()).isEqualTo(4.0);
    Sample four = new Sample(List.of(1.0, 2.0, 3.0, 4.0));
    assertThat(four.lowerQuartile()).isCloseTo(1.75, within(1e-12));
    assertThat(four.upperQuartile()).isCloseTo(3.25, within(1e-12));
  }

  @Test
  void hasOneValueForAllThreeIfThereIsOnlyOne() {
    Sample one = new Sample(List.of(7.0));
    assertThat(List.of(one.lowerQuartile(), one.median(), one.upperQuartile())).containsOnly(7.0);
  }

  @Test
  void takesRatiosRoundByRound() {
    Sample slow = new Sample(List.of(2.0, 30.0, 4.0));
    Sample fast = new Sample(List.of(1.0, 10.0, 4.0));
    assertThat(slow.ratioTo(fast).values()).containsExactly(2.0, 3.0, 1.0);
    assertThat(slow.ratioTo(fast).median()).isEqualTo(2.0);
    assertThat(slow.median() / fast.median()).isEqualTo(1.0);
  }

  @Test
  void refusesRatiosOfDifferentRounds() {
    Sample two = new Sample(List.of(1.0, 2.0));
    Sample one = new Sample(List.of(1.0));
    assertThatThrownBy(() -> two.ratioTo(one))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("2 values to 1");
  }

  @Test
  void refusesToBeEmpty() {
    assertThatThrownBy(() -> new Sample(List.of())).isInstanceOf(IllegalArgumentException.class);
  }
}
