/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.layer;

import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The memory layout that buffered layers and ODE blocks work on. */
public final class Contiguous {
  private Contiguous() {}

  /**
   * The array itself if it is C-ordered, contiguous and of the given type, otherwise a copy that
   * is.
   *
   * @param array any array of DL4J's
   * @param dataType the network's type
   * @param place which workspace a copy belongs into
   * @param workspaces those of the call that is served
   */
  public static INDArray of(
      INDArray array, DataType dataType, ArrayType place, LayerWorkspaceMgr workspaces) {
    INDArray typed = array.castTo(dataType);
    if (typed.ordering() == 'c' && typed.elementWiseStride() == 1) {
      return typed;
    }
    return workspaces.dup(place, typed, 'c');
  }
}
