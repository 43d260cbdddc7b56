/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.train;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.updater.graph.ComputationGraphUpdater;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Makes the network with which a worker begins its share of a round: that of the driver, with
 * arrays of its own, and with the driver's counts of iterations and epochs, which {@code
 * ComputationGraphConfiguration.clone()} (1.0.0-M2.1) drops. Learning-rate schedules would start
 * again in every round without them, and so would Adam's bias correction.
 */
final class WorkerNetwork {
  private WorkerNetwork() {}

  /**
   * The network.
   *
   * @param configuration of the driver's network
   * @param parameters of it, copied
   * @param updaterState of its updater, copied; null if that has none
   */
  static ComputationGraph of(
      ComputationGraphConfiguration configuration, INDArray parameters, INDArray updaterState) {
    ComputationGraphConfiguration own = configuration.clone();
    own.setIterationCount(configuration.getIterationCount());
    own.setEpochCount(configuration.getEpochCount());
    ComputationGraph network = new ComputationGraph(own);
    network.init(parameters.unsafeDuplication(), false);
    if (updaterState != null) {
      network.setUpdater(new ComputationGraphUpdater(network, updaterState.unsafeDuplication()));
    }
    return network;
  }
}
