/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
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

  @Property
  void whatIsLeftAfterSomeRoundsAreTheOtherRounds(
      @ForAll @IntRange(min = 1, max = 500) int examples,
      @ForAll @IntRange(min = 1, max = 40) int batchSize,
      @ForAll @IntRange(min = 1, max = 6) int workers,
      @ForAll @IntRange(min = 1, max = 6) int frequency,
      @ForAll @IntRange(min = 0, max = 100) int percentDone) {
    TrainingPlan plan = new TrainingPlan(5, examples, 3, batchSize, workers, frequency);
    List<Round> rounds = plan.epoch(2).rounds();
    int done = rounds.size() * percentDone / 100;

    assertThat(plan.remaining(after(rounds.subList(0, done))).rounds())
        .isEqualTo(rounds.subList(done, rounds.size()));
  }

  @Property
  void everyExampleIsTrainedExactlyOnceEvenIfAllNumbersChangeInTheMiddle(
      @ForAll @IntRange(min = 2, max = 500) int examples,
      @ForAll @IntRange(min = 1, max = 40) int batchSize,
      @ForAll @IntRange(min = 1, max = 40) int laterBatchSize,
      @ForAll @IntRange(min = 1, max = 6) int workers,
      @ForAll @IntRange(min = 1, max = 6) int laterWorkers,
      @ForAll @IntRange(min = 1, max = 6) int laterFrequency) {
    List<Round> first =
        new TrainingPlan(5, examples, 3, batchSize, workers, 2).epoch(1).rounds().subList(0, 1);
    EpochPlan rest =
        new TrainingPlan(5, examples, 3, laterBatchSize, laterWorkers, laterFrequency)
            .remaining(after(first));

    List<Integer> trained = new ArrayList<>(examplesOf(new EpochPlan(1, first)));
    trained.addAll(examplesOf(rest));
    assertThat(trained).containsExactlyInAnyOrderElementsOf(range(examples));
  }

  @Test
  void minibatchesAndRoundsGoOnWithTheirNumbers() {
    EpochPlan rest =
        new TrainingPlan(1, 100, 1, 10, 2, 1).remaining(new TrainingPosition(1, 3, 6, 60));

    assertThat(rest.rounds()).extracting(Round::toString).first().isEqualTo("epoch 1 round 4/5");
    assertThat(rest.rounds().get(0).minibatches())
        .extracting(Minibatch::number)
        .containsExactly(6, 7);
  }

  @Test
  void moreThanAllExamplesCannotBeTrained() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> new TrainingPlan(1, 9, 1, 10, 2, 1).remaining(new TrainingPosition(1, 1, 1, 10)))
        .withMessage("10 of 9 examples are trained");
  }

  @Property
  void theFrequencyDoesNotChangeTheIterationsOfAnEpoch(
      @ForAll @IntRange(min = 1, max = 700) int examples,
      @ForAll @IntRange(min = 1, max = 12) int workers,
      @ForAll @IntRange(min = 1, max = 12) int frequency) {
    assertThat(EpochPlan.training(1, 1, examples, 7, workers, frequency).iterations())
        .isEqualTo(EpochPlan.training(1, 1, examples, 7, workers, 1).iterations());
  }

  @Test
  void theFirstEpochsMayAverageMoreOften() {
    TrainingPlan plan = new TrainingPlan(1, 80, 3, 10, 2, new AveragingFrequency(4, 1, 1));

    assertThat(plan.epoch(1).rounds()).hasSize(4);
    assertThat(plan.epoch(2).rounds()).hasSize(1);
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

  private static TrainingPosition after(List<Round> rounds) {
    TrainingPosition position =
        TrainingPosition.startOf(rounds.isEmpty() ? 2 : rounds.get(0).epoch());
    for (Round round : rounds) {
      position = position.after(round);
    }
    return position;
  }

  private static List<Integer> range(int end) {
    return IntStream.range(0, end).boxed().toList();
  }
}
