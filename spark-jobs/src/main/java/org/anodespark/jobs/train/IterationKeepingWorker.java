/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.train;

import java.util.List;
import org.apache.spark.broadcast.Broadcast;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.spark.api.TrainingHook;
import org.deeplearning4j.spark.api.WorkerConfiguration;
import org.deeplearning4j.spark.api.worker.NetBroadcastTuple;
import org.deeplearning4j.spark.impl.paramavg.ParameterAveragingTrainingWorker;

/**
 * A worker that goes on counting iterations and epochs where the driver is, with a {@link
 * WorkerNetwork}; the stock worker starts every round at iteration 0. It also tells the hook how
 * long a task took to have its network.
 */
final class IterationKeepingWorker extends ParameterAveragingTrainingWorker {
  private static final long serialVersionUID = 1L;

  private final Broadcast<NetBroadcastTuple> network;
  private final MinibatchHook hook;

  IterationKeepingWorker(
      Broadcast<NetBroadcastTuple> network,
      boolean saveUpdater,
      WorkerConfiguration configuration,
      MinibatchHook hook) {
    super(network, saveUpdater, configuration, List.<TrainingHook>of(hook), null, null);
    this.network = network;
    this.hook = hook;
  }

  /** A network of its own for each task: nothing in it is shared with other tasks or the driver. */
  @Override
  public ComputationGraph getInitialModelGraph() {
    long started = System.nanoTime();
    NetBroadcastTuple sent = network.getValue();
    ComputationGraph graph =
        WorkerNetwork.of(
            sent.getGraphConfiguration(), sent.getParameters(), sent.getUpdaterState());
    hook.networkReadyAfter(System.nanoTime() - started);
    return graph;
  }
}
