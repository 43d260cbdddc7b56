/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MistakeCollectorTest {
  private final MistakeCollector collector = new MistakeCollector();

  @Test
  void theCommonestComeFirstAndOfEqualOnesThoseOfLowerClasses() {
    collector.add(0, 2, 1, 0.5);
    collector.add(1, 0, 2, 0.75);
    collector.add(2, 1, 1, 1);
    collector.add(3, 0, 1, 0.25);
    collector.add(4, 2, 1, 0.5);

    assertThat(
            collector.commonest(
                new ConfusionMatrix(List.of(row(0, 1, 1), row(0, 1, 0), row(0, 2, 0)))))
        .containsExactly(
            new Mistake(2, 1, 2, List.of(new Mistake.Sample(0, 0.5), new Mistake.Sample(4, 0.5))),
            new Mistake(0, 1, 1, List.of(new Mistake.Sample(3, 0.25))),
            new Mistake(0, 2, 1, List.of(new Mistake.Sample(1, 0.75))));
  }

  @Test
  void ofManyExamplesTheFirstEightAreKept() {
    for (int example = 0; example < 100; example++) {
      collector.add(example, 0, example % 2, 1);
    }

    List<Mistake> mistakes =
        collector.commonest(new ConfusionMatrix(List.of(row(50, 50), row(0, 0))));

    assertThat(mistakes).hasSize(1);
    assertThat(mistakes.get(0).count()).isEqualTo(50);
    assertThat(mistakes.get(0).samples())
        .extracting(Mistake.Sample::example)
        .containsExactly(1, 3, 5, 7, 9, 11, 13, 15);
  }

  @Test
  void ofManyMistakesTheSixCommonestAreTold() {
    for (int actual = 1; actual < 10; actual++) {
      collector.add(actual, actual, 0, 1);
    }
    List<List<Long>> counts =
        IntStream.range(0, 10).mapToObj(actual -> row(actual, 0, 0, 0, 0, 0, 0, 0, 0, 0)).toList();

    assertThat(collector.commonest(new ConfusionMatrix(counts)))
        .extracting(Mistake::actual)
        .containsExactly(9, 8, 7, 6, 5, 4);
  }

  @Test
  void rightPredictionsAreNoMistakes() {
    collector.add(0, 1, 1, 1);

    assertThat(collector.commonest(new ConfusionMatrix(List.of(row(0, 0), row(0, 1))))).isEmpty();
  }

  private static List<Long> row(long... counts) {
    return Arrays.stream(counts).boxed().toList();
  }
}
