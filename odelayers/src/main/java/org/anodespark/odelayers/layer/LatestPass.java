/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.layer;

import org.anodespark.odelayers.kernel.KernelBackend;
import org.anodespark.odelayers.kernel.Precision;
import org.anodespark.odelayers.memory.ArrayPool;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A {@link BufferedLayer}'s part in a DL4J network: its latest forward pass, on arrays of DL4J's
 * workspaces, and what that leaves for the backward pass.
 */
final class LatestPass {
  private final BufferedLayer layer;
  private final DataType dataType;

  private LayerPasses passes;
  private INDArray converted;
  private INDArray output;
  private INDArray statistics;

  /**
   * @param dataType the network's type
   */
  LatestPass(BufferedLayer layer, DataType dataType) {
    this.layer = layer;
    this.dataType = dataType;
  }

  /**
   * The layer's output in the workspace for activations.
   *
   * @param precision in which the layer computes on its input
   */
  INDArray forward(
      INDArray input, Precision precision, boolean training, LayerWorkspaceMgr workspaces) {
    INDArray given = Contiguous.of(input, dataType, ArrayType.ACTIVATIONS, workspaces);
    INDArray y =
        workspaces.createUninitialized(
            ArrayType.ACTIVATIONS, dataType, layer.outputShape(given.shape()), 'c');
    release();
    INDArray x = inPrecision(precision, given);
    passes = layer.passes(pool());
    if (training && layer.hasStatistics()) {
      statistics = pool().borrow(layer.statisticsShape(x));
    }
    passes.forward(x, y, statistics, training);
    if (training && layer.readsOutput()) {
      // a copy, because DL4J lets the next layer work in place on this one's output
      output = pool().borrow(y.shape());
      output.assign(y);
    }
    if (!training) {
      release();
    }
    return y;
  }

  /**
   * The gradient of the input in the workspace for gradients; those of the parameters go into the
   * layer's gradient view.
   *
   * @param input of the forward pass
   * @param epsilon gradient of its output
   */
  INDArray backward(INDArray input, INDArray epsilon, LayerWorkspaceMgr workspaces) {
    INDArray x =
        converted == null
            ? Contiguous.of(input, dataType, ArrayType.ACTIVATION_GRAD, workspaces)
            : converted;
    INDArray dx =
        workspaces.createUninitialized(ArrayType.ACTIVATION_GRAD, dataType, x.shape(), 'c');
    INDArray dy = pool().borrow(epsilon.shape());
    dy.assign(epsilon);
    passes.backward(x, output, statistics, dy, dx, true);
    pool().giveBack(dy);
    release();
    return dx;
  }

  /** The input itself, or a copy in the layer's precision, which is kept for the backward pass. */
  private INDArray inPrecision(Precision precision, INDArray given) {
    DataType images = precision.images(dataType);
    if (images == dataType) {
      return given;
    }
    converted = pool().borrow(images, given.shape());
    KernelBackend.kernels(dataType).conversion().convert(given, converted);
    return converted;
  }

  /** Gives everything back. */
  void release() {
    if (converted != null) {
      pool().giveBack(converted);
      converted = null;
    }
    if (passes != null) {
      passes.close();
      passes = null;
    }
    if (statistics != null) {
      pool().giveBack(statistics);
      statistics = null;
    }
    if (output != null) {
      pool().giveBack(output);
      output = null;
    }
  }

  private ArrayPool pool() {
    return ArrayPool.ofCurrentThread(dataType);
  }
}
