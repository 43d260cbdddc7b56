/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.layer;

import java.util.Optional;
import org.anodespark.odelayers.kernel.Jet;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Passes through a {@link BufferedLayer} with the parameters as they were when this was made; they
 * must not change before it is closed.
 *
 * <p>All arrays are C-ordered and contiguous. Inputs and outputs have the network's type, or
 * bfloat16, each for itself; the type of the input is the one that is computed in.
 */
public interface LayerPasses extends AutoCloseable {
  /**
   * {@code y := layer(x)}.
   *
   * @param x input, left as it is
   * @param y receives the output
   * @param statistics of {@link BufferedLayer#statisticsShape}; null if that is empty or not
   *     training
   * @param training whether the pass belongs to training
   */
  void forward(INDArray x, INDArray y, INDArray statistics, boolean training);

  /**
   * Directional derivative of a training pass: {@code dy := (dy/dx) dx}. What layers compute from
   * their input, such as batch statistics, is differentiated too.
   *
   * @param x the input of the forward pass, left as it is; may be null unless {@link
   *     BufferedLayer#readsInput}
   * @param y its output, left as it is; may be null unless {@link BufferedLayer#readsOutput}
   * @param statistics what it left there, left as it is; null if there are none
   * @param dx tangent of the input, left as it is
   * @param dy receives the tangent of the output; not {@code dx}
   */
  void pushforward(INDArray x, INDArray y, INDArray statistics, INDArray dx, INDArray dy);

  /**
   * Gradients of a training pass; the layer's parameter gradients are OVERWRITTEN in its gradient
   * view.
   *
   * @param x the input of the forward pass, left as it is; may be null unless {@link
   *     BufferedLayer#readsInput}
   * @param y its output, left as it is; may be null unless {@link BufferedLayer#readsOutput}
   * @param statistics what it left there, left as it is; null if there are none
   * @param dy gradient of the output; destroyed
   * @param dx receives the gradient of the input; not {@code dy}
   * @param ofParameters whether the gradients of the parameters are wanted; without, what is in the
   *     gradient view afterwards is undefined
   */
  void backward(
      INDArray x, INDArray y, INDArray statistics, INDArray dy, INDArray dx, boolean ofParameters);

  /**
   * Notes what a training pass has left, for {@link #writeObserved}; nothing for a layer without
   * running statistics.
   *
   * @param statistics of that pass, left as it is; null if there are none
   */
  default void observe(INDArray statistics) {}

  /**
   * OVERWRITES what running statistics have in the layer's gradient view by the mean over the
   * passes that were {@linkplain #observe observed}, if there are any. For gradients that are taken
   * at other states than those of the forward pass, which alone tell what the layer will see in
   * predictions.
   */
  default void writeObserved() {}

  /**
   * Begins a pass of Taylor coefficients through the layer, in the network's type. Each of its
   * pullbacks OVERWRITES the layer's parameter gradients with what comes from one coefficient.
   *
   * @return empty, as by default, for a layer that has none
   */
  default Optional<Jet> jet() {
    return Optional.empty();
  }

  /** Gives back what the parameters were copied to; by default they were not. */
  @Override
  default void close() {}
}
