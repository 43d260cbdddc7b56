/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class EpochPlanTest {
  @Property
  void everyExampleIsTrainedExactlyOnce(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 9) int epoch,
      @ForAll @IntRange(min = 1, max = 700) int examples,
      @ForAll @IntRange(min = 1, max = 70) int batchSize,
      @ForAll @IntRange(min = 1, max = 12) int workers,
      @ForAll @IntRange(min = 1, max = 12) int frequency) {
    EpochPlan plan = EpochPlan.training(seed, epoch, examples, batchSize, workers, frequency);

    assertThat(examplesOf(plan)).containsExactlyInAnyOrderElementsOf(range(examples));
    assertThat(plan.examples()).isEqualTo(examples);
  }

  @Property
  void onlyTheLastMinibatchMayBeShorter(
      @ForAll @IntRange(min = 1, max = 700) int examples,
      @ForAll @IntRange(min = 1, max = 70) int batchSize) {
    List<Minibatch> minibatches =
        EpochPlan.training(1, 1, examples, batchSize, 2, 3).rounds().stream()
            .flatMap(round -> round.minibatches().stream())
            .toList();

    assertThat(minibatches.subList(0, minibatches.size() - 1))
        .allMatch(minibatch -> minibatch.size() == batchSize);
    assertThat(minibatches.get(minibatches.size() - 1).size()).isBetween(1, batchSize);
    assertThat(minibatches)
        .extracting(Minibatch::number)
        .containsExactlyElementsOf(range(minibatches.size()));
  }

  @Property
  void workersOfARoundDifferByAtMostOneMinibatch(
      @ForAll @IntRange(min = 1, max = 700) int examples,
      @ForAll @IntRange(min = 1, max = 70) int batchSize,
      @ForAll @IntRange(min = 1, max = 12) int workers,
      @ForAll @IntRange(min = 1, max = 12) int frequency) {
    EpochPlan plan = EpochPlan.training(1, 1, examples, batchSize, workers, frequency);

    for (Round round : plan.rounds()) {
      List<Integer> sizes =
          round.shares().stream().map(share -> share.minibatches().size()).toList();
      assertThat(round.iterations()).isLessThanOrEqualTo(frequency);
      assertThat(sizes)
          .hasSizeLessThanOrEqualTo(workers)
          .allMatch(size -> size == round.iterations() || size == round.iterations() - 1)
          .doesNotContain(0);
    }
    assertThat(plan.rounds().subList(0, plan.rounds().size() - 1))
        .allMatch(
            round ->
                round.shares().size() == workers
                    && round.minibatches().size() == workers * frequency);
  }

  @Test
  void theLastRoundIsSharedOutAsEvenlyAsCanBe() {
    Round last = EpochPlan.training(1, 1, 78, 10, 3, 2).rounds().get(1);

    assertThat(last.toString()).isEqualTo("epoch 1 round 2/2");
    assertThat(last.shares()).extracting(WorkerShare::examples).containsExactly(10, 8);
    assertThat(last.iterations()).isEqualTo(1);
  }

  @Test
  void fewerExamplesThanOneMinibatchMakeOneShareOfOneShortMinibatch() {
    EpochPlan plan = EpochPlan.training(1, 1, 3, 32, 4, 8);

    assertThat(plan.rounds()).hasSize(1);
    assertThat(plan.rounds().get(0).shares()).extracting(WorkerShare::examples).containsExactly(3);
  }

  @Test
  void aSeedAndAnEpochAlwaysGiveTheSameOrder() {
    assertThat(examplesOf(EpochPlan.training(1, 1, 12, 5, 1, 1)))
        .containsExactly(9, 10, 6, 8, 1, 11, 5, 3, 4, 0, 7, 2);
  }

  @Test
  void epochsAndSeedsHaveTheirOwnOrder() {
    List<Integer> order = examplesOf(EpochPlan.training(1, 1, 1000, 10, 2, 2));

    assertThat(examplesOf(EpochPlan.training(1, 2, 1000, 10, 2, 2))).isNotEqualTo(order);
    assertThat(examplesOf(EpochPlan.training(2, 1, 1000, 10, 2, 2))).isNotEqualTo(order);
  }

  @Test
  void theOrderDoesNotDependOnHowManyWorkersThereAre() {
    assertThat(examplesOf(EpochPlan.training(1, 1, 1000, 10, 5, 3)))
        .isEqualTo(examplesOf(EpochPlan.training(1, 1, 1000, 10, 1, 1)));
  }

  @Test
  void iterationsAreThoseOfTheBusiestWorkerOfEachRound() {
    // 10 minibatches, 2 workers x 3: a round of 6 (3 each) and one of 4 (2 each)
    assertThat(EpochPlan.training(1, 1, 100, 10, 2, 3).iterations()).isEqualTo(5);
  }

  @Test
  void numbersBelowOneAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> EpochPlan.training(1, 1, 100, 0, 2, 3))
        .withMessage("batchSize is 0, expected at least 1");
  }

  private static List<Integer> examplesOf(EpochPlan plan) {
    return plan.rounds().stream()
        .flatMap(round -> round.minibatches().stream())
        .flatMap(minibatch -> minibatch.examples().stream())
        .toList();
  }

  private static List<Integer> range(int end) {
    return IntStream.range(0, end).boxed().toList();
  }
}
