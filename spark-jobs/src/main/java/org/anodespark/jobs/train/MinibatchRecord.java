/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.train;

import java.io.Serializable;
import java.util.Map;
import org.anodespark.jobs.executor.TaskDevice;
import org.anodespark.jobs.metrics.WorkerMetrics;
import org.anodespark.odelayers.kernel.KernelBackend;
import org.anodespark.odelayers.solver.SolveStatistics;
import org.bytedeco.javacpp.Pointer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * What one parameter update of one worker was like.
 *
 * @param worker the worker, which is the Spark partition, from 0
 * @param iteration the run's iteration that the update was, from 0
 * @param executor Spark's id of the executor
 * @param host the executor's host
 * @param examples in the minibatch
 * @param computeNanos time in the forward pass, the backward pass and the update
 * @param waitNanos time before it in which the worker waited for the minibatch to be loaded
 * @param setUpNanos time before it in which the worker fetched the parameters and built its
 *     network; 0 but for its first update of a round
 * @param loss of the minibatch, regularisation included
 * @param residentBytes memory of the executor's process after the update, native memory included
 * @param kernels what the executor computes with
 * @param device on which it computes, see {@link org.anodespark.jobs.executor.TaskDevice}
 * @param ode what the ODE blocks counted, by name of the block
 */
record MinibatchRecord(
    int worker,
    int iteration,
    String executor,
    String host,
    int examples,
    long computeNanos,
    long waitNanos,
    long setUpNanos,
    double loss,
    long residentBytes,
    String kernels,
    String device,
    Map<String, SolveStatistics> ode)
    implements Serializable {
  /**
   * Records an update that a network has just had.
   *
   * @param statistics reads what its ODE blocks counted
   */
  static MinibatchRecord of(
      ComputationGraph network,
      SolveStatisticsReader statistics,
      int worker,
      int iteration,
      String executor,
      String host,
      int examples,
      long computeNanos,
      long waitNanos,
      long setUpNanos) {
    return new MinibatchRecord(
        worker,
        iteration,
        executor,
        host,
        examples,
        computeNanos,
        waitNanos,
        setUpNanos,
        network.score(),
        Pointer.physicalBytes(),
        KernelBackend.kernels(DataType.FLOAT).name(),
        TaskDevice.description(),
        statistics.read(network));
  }

  /** Adds it to the metrics of this process. */
  void publish() {
    Tally update = new Tally();
    update.add(this);
    WorkerMetrics.ofThisProcess()
        .updated(
            update.examples(),
            update.evaluations(),
            update.rejectedSteps(),
            update.peakMemoryBytes(),
            kernels);
  }
}
