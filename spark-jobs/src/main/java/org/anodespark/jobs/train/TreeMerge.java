/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.train;

import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.anodespark.jobs.plan.Round;
import org.anodespark.jobs.plan.WorkerShare;
import org.apache.spark.api.java.JavaRDD;
import org.deeplearning4j.spark.impl.paramavg.ParameterAveragingTrainingResult;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Lets executors add results up, in a tree and in the order of arrival: the driver holds one
 * network, however many workers there are, but the last digits differ from run to run.
 */
final class TreeMerge implements ResultMerge {
  /** Weighted results added up, in double precision. Spark's Kryo does not know records. */
  private static final class Sum implements Serializable {
    private static final long serialVersionUID = 1L;

    private final INDArray parameters;

    /** Null if the updater has none. */
    private final INDArray updaterState;

    private final double score;

    Sum(INDArray parameters, INDArray updaterState, double score) {
      this.parameters = parameters;
      this.updaterState = updaterState;
      this.score = score;
    }

    static Sum of(ParameterAveragingTrainingResult result, double weight) {
      return new Sum(
          scaled(result.getParameters(), weight),
          scaled(result.getUpdaterState(), weight),
          result.getScore() * weight);
    }

    private static INDArray scaled(INDArray array, double weight) {
      return array == null ? null : array.castTo(DataType.DOUBLE).muli(weight);
    }

    Sum plus(Sum other) {
      return new Sum(
          parameters.add(other.parameters),
          updaterState == null ? null : updaterState.add(other.updaterState),
          score + other.score);
    }
  }

  @Override
  public MergedResult merge(JavaRDD<ParameterAveragingTrainingResult> results, Round round) {
    List<Double> shares =
        round.shares().stream()
            .map(WorkerShare::examples)
            .map(examples -> (double) examples / round.examples())
            .toList();
    Sum sum =
        results
            .mapPartitionsWithIndex((worker, ofWorker) -> sums(ofWorker, shares.get(worker)), true)
            .treeReduce(Sum::plus);
    long arrived = System.nanoTime();
    return new MergedResult(sum.parameters, sum.updaterState, sum.score, arrived);
  }

  private static Iterator<Sum> sums(
      Iterator<ParameterAveragingTrainingResult> results, double weight) {
    Iterable<ParameterAveragingTrainingResult> once = () -> results;
    Stream<ParameterAveragingTrainingResult> stream =
        StreamSupport.stream(once.spliterator(), false);
    return stream.map(result -> Sum.of(result, weight)).iterator();
  }
}
