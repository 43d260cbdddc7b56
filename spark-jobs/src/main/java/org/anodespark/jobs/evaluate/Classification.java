/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.evaluate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How well a network classifies.
 *
 * @param confusion which class was taken for which
 * @param ranks for each r: how many examples have exactly r classes that are more probable than the
 *     right one
 * @param negativeLogLikelihood the mean over all examples of -ln p, p being the probability of the
 *     right class; below {@value #LEAST_PROBABILITY} counts as that, as in Deeplearning4j's loss
 * @param calibration whether confidences are true
 * @param commonestMistakes the commonest first, with some examples of each
 */
public record Classification(
    ConfusionMatrix confusion,
    List<Long> ranks,
    double negativeLogLikelihood,
    Calibration calibration,
    List<Mistake> commonestMistakes) {
  static final double LEAST_PROBABILITY = 1e-10;

  public Classification {
    ranks = List.copyOf(ranks);
    commonestMistakes = List.copyOf(commonestMistakes);
  }

  /**
   * Puts together what happened in all minibatches.
   *
   * @param minibatches at least one, in the order of the split; the sums are formed in that order
   */
  static Classification of(List<Outcomes> minibatches) {
    Sums sums = new Sums(minibatches.get(0).classes());
    for (Outcomes outcomes : minibatches) {
      for (int example = 0; example < outcomes.examples(); example++) {
        sums.add(outcomes, example);
      }
    }
    return sums.classification();
  }

  /** All examples. */
  public long examples() {
    return confusion.examples();
  }

  /** The share of examples whose most probable class is the right one, in [0, 1]. */
  public double accuracy() {
    return confusion.accuracy();
  }

  /**
   * The share of examples whose right class is among the k most probable ones, in [0, 1].
   *
   * @param k at least 1; 1 where there are no more classes
   */
  public double topKAccuracy(int k) {
    long among = ranks.stream().limit(k).mapToLong(Long::longValue).sum();
    return (double) among / examples();
  }

  private static final class Sums {
    private final long[][] confusion;
    private final long[] ranks;
    private double negativeLogLikelihood;
    private int examples;
    private final MistakeCollector mistakes = new MistakeCollector();
    private final long[] binExamples = new long[Calibration.BINS];
    private final long[] binRight = new long[Calibration.BINS];
    private final double[] binConfidence = new double[Calibration.BINS];

    Sums(int classes) {
      confusion = new long[classes][classes];
      ranks = new long[classes];
    }

    void add(Outcomes outcomes, int example) {
      int actual = outcomes.actual(example);
      int predicted = outcomes.predicted(example);
      confusion[actual][predicted]++;
      ranks[outcomes.rank(example)]++;
      negativeLogLikelihood -= Math.log(Math.max(LEAST_PROBABILITY, outcomes.probability(example)));
      double confidence = outcomes.confidence(example);
      mistakes.add(examples, actual, predicted, confidence);
      examples++;
      int bin = (int) Math.ceil(confidence * Calibration.BINS) - 1;
      int within = Math.max(0, Math.min(Calibration.BINS - 1, bin));
      binExamples[within]++;
      binConfidence[within] += confidence;
      if (actual == predicted) {
        binRight[within]++;
      }
    }

    Classification classification() {
      List<Calibration.Bin> bins = new ArrayList<>();
      for (int i = 0; i < Calibration.BINS; i++) {
        bins.add(
            new Calibration.Bin(
                (double) i / Calibration.BINS,
                (double) (i + 1) / Calibration.BINS,
                binExamples[i],
                binConfidence[i] / binExamples[i],
                (double) binRight[i] / binExamples[i]));
      }
      ConfusionMatrix matrix =
          new ConfusionMatrix(Arrays.stream(confusion).map(Sums::boxed).toList());
      return new Classification(
          matrix,
          boxed(ranks),
          negativeLogLikelihood / examples,
          new Calibration(bins),
          mistakes.commonest(matrix));
    }

    private static List<Long> boxed(long[] values) {
      return Arrays.stream(values).boxed().toList();
    }
  }
}
