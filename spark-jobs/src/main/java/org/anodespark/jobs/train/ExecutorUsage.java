/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.train;

/**
 * What one executor did for a training.
 *
 * @param id Spark's id of the executor
 * @param host where it ran
 * @param kernels what it computes with
 * @param device on which it computed its latest minibatch
 * @param examples how many it trained, each once per epoch
 * @param peakMemoryBytes the most memory its process had in use after any parameter update, Java
 *     heap and native memory together
 */
public record ExecutorUsage(
    String id, String host, String kernels, String device, long examples, long peakMemoryBytes) {
  ExecutorUsage plus(ExecutorUsage other) {
    return new ExecutorUsage(
        id,
        host,
        kernels,
        other.device,
        examples + other.examples,
        Math.max(peakMemoryBytes, other.peakMemoryBytes));
  }
}
