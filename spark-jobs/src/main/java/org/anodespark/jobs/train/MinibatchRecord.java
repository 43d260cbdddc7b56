/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.train;

import java.io.Serializable;
import java.util.Map;
import org.anodespark.odelayers.solver.SolveStatistics;

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
    implements Serializable {}
