/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.footprint;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.anodespark.odelayers.OdeBlockLayer;
import org.anodespark.odelayers.memory.ArrayPool;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A copy of a network that trains and predicts on the thread that made it, and says what that took.
 * The thread must have done nothing else with ND4J: what it holds is taken for the network's.
 */
final class Rehearsal implements AutoCloseable {
  /**
   * DL4J's workspaces have their size when each was used as often as there are vertices, and some
   * are used at every second vertex only: that is in the third pass at the latest.
   */
  private static final int PASSES = 3;

  /**
   * Bytes that ND4J allocates behind each workspace, for safety; more than its size is rounded by.
   */
  private static final long END_OF_WORKSPACE = 1024;

  private final ComputationGraph copy;

  Rehearsal(ComputationGraph network) {
    // by way of JSON: DL4J's own copies share the layers inside some wrappers
    copy =
        new ComputationGraph(
            ComputationGraphConfiguration.fromJson(network.getConfiguration().toJson()));
    copy.init(network.params().dup(), false);
  }

  Footprint training(MultiDataSet minibatch) {
    free();
    for (int pass = 0; pass < PASSES; pass++) {
      copy.fit(minibatch);
    }
    return footprint(
        ArrayPool.bytes(copy.getFlattenedGradients()) + sumsOfBlocks(),
        updaterState().mapToLong(ArrayPool::bytes).sum());
  }

  Footprint prediction(INDArray[] inputs) {
    free();
    for (int pass = 0; pass < PASSES; pass++) {
      copy.output(inputs);
    }
    return footprint(0, 0);
  }

  private Footprint footprint(long gradients, long updaterState) {
    long scratch = ArrayPool.flatBytesOfCurrentThread();
    return new Footprint(
        ArrayPool.bytes(copy.params()),
        gradients,
        updaterState,
        bytesOfWorkspaces(),
        ArrayPool.bytesOfCurrentThread() - scratch,
        scratch);
  }

  /** Frees all that can be reached of the copy, and all that the thread holds. */
  @Override
  public void close() {
    free();
    Stream.concat(Stream.of(copy.params(), copy.getFlattenedGradients()), updaterState())
        .filter(array -> array != null && array.closeable())
        .forEach(INDArray::close);
  }

  private void free() {
    copy.clearLayersStates();
    ArrayPool.freeOfCurrentThread();
    workspaces().forEach(Nd4j.getWorkspaceManager()::destroyWorkspace);
  }

  /** An ODE block adds up the gradients of its evaluations in an array of its own. */
  private long sumsOfBlocks() {
    return Arrays.stream(copy.getLayers())
        .filter(OdeBlockLayer.class::isInstance)
        .filter(block -> block.numParams() > 0)
        .mapToLong(block -> ArrayPool.bytes(block.params()))
        .sum();
  }

  /** Nothing where the updater keeps nothing, as plain gradient descent. */
  private Stream<INDArray> updaterState() {
    return copy.getUpdater(false) == null
        ? Stream.empty()
        : Stream.ofNullable(copy.getUpdater().getStateViewArray());
  }

  private static long bytesOfWorkspaces() {
    return workspaces().stream()
        .mapToLong(workspace -> workspace.getCurrentSize() + END_OF_WORKSPACE)
        .sum();
  }

  private static List<MemoryWorkspace> workspaces() {
    return Nd4j.getWorkspaceManager().getAllWorkspacesForCurrentThread();
  }
}
