/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.executor;

import java.util.Optional;
import org.anodespark.jobs.job.JobContext;
import org.anodespark.jobs.model.ExampleFormat;
import org.anodespark.odelayers.failure.OdeSolveException;
import org.anodespark.odelayers.footprint.NetworkFootprint;
import org.anodespark.odelayers.footprint.SizedFootprint;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.factory.Nd4j;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The native memory of jobs whose tasks predict with a network from a file. */
public final class PredictionMemory {
  private static final Logger LOG = LoggerFactory.getLogger(PredictionMemory.class);

  private PredictionMemory() {}

  /**
   * Computes the need, from a rehearsal with images of the mean colour.
   *
   * @param job beginning of the names of its settings {@code .model} and {@code .batch-size}
   * @param network of the driver, which stays as it is
   * @param format of what it takes and gives
   * @param examples of all minibatches, at least 1
   * @param batchSize examples in a minibatch
   * @return empty if the network cannot be rehearsed since a solve runs away
   * @throws org.anodespark.jobs.failure.JobFailure with exit code 2 if the setting is below the
   *     need
   */
  public static Optional<NativeMemory> requireEnough(
      JobContext context,
      String job,
      ComputationGraph network,
      ExampleFormat format,
      int examples,
      int batchSize) {
    SizedFootprint footprint;
    try {
      footprint =
          NetworkFootprint.measurePrediction(
              network,
              count ->
                  Nd4j.zeros(
                      network.getConfiguration().getDataType(),
                      count,
                      format.height(),
                      format.width(),
                      format.channels()));
    } catch (OdeSolveException e) {
      LOG.warn("How much native memory is needed is not known: {}", e.getMessage());
      return Optional.empty();
    }
    NativeMemory memory =
        new NativeMemory(
            NativeMemoryNeed.ofPrediction(
                footprint,
                (long) (format.imageLength() + format.classes().size()) * Float.BYTES,
                examples,
                batchSize,
                NativeMemoryNeed.ofDriverWith(network)),
            context.settings().spark(),
            context.master());
    LOG.info("Native memory: {} MiB needed", memory.needMebibytes());
    memory.requireEnough(
        new NativeMemory.Advice(
            "%s.batch-size = %d".formatted(job, batchSize), job + ".batch-size lower"),
        ofDriver(job));
    return Optional.of(memory);
  }

  /** Advice to a driver that only keeps the network. */
  public static NativeMemory.Advice ofDriver(String job) {
    return new NativeMemory.Advice("hold the network of %s.model".formatted(job), "");
  }
}
