/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.examples.field;

import org.anodespark.odelayers.dynamics.KeptEvaluation;
import org.anodespark.odelayers.dynamics.VectorField;
import org.anodespark.odelayers.kernel.LinearCombination;
import org.anodespark.odelayers.memory.ArrayPool;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * One layer as a field: {@code f(z) = scale * activation(L z)}, the smallest residual block there
 * is. Its parameters are the weights of L.
 */
public final class OneLayerField implements VectorField {
  private final LinearMap map;
  private final IActivation activation;
  private final double scale;
  private final INDArray parameterGradient;

  /**
   * @param map L
   * @param activation applied to each entry of L z
   * @param scale factor of the whole
   */
  public OneLayerField(LinearMap map, IActivation activation, double scale) {
    this.map = map;
    this.activation = activation;
    this.scale = scale;
    this.parameterGradient = map.weights().like();
  }

  /** With scale 1. */
  public OneLayerField(LinearMap map, IActivation activation) {
    this(map, activation, 1.0);
  }

  /** The parameters, {@code [P]}; what is written there takes effect. */
  public INDArray parameters() {
    return map.weights();
  }

  @Override
  public INDArray parameterGradient() {
    return parameterGradient;
  }

  @Override
  public void evaluate(double t, INDArray z, INDArray out) {
    map.apply(z, out);
    activate(out);
  }

  @Override
  public KeptEvaluation evaluateAndKeep(double t, INDArray z, INDArray out) {
    map.apply(z, out);
    INDArray before = out.dup('c');
    activate(out);
    return new Evaluation(z, before);
  }

  private void activate(INDArray out) {
    INDArray activated = activation.getActivation(out, true);
    if (activated != out) {
      out.assign(activated);
    }
    if (scale != 1.0) {
      out.muli(scale);
    }
  }

  private final class Evaluation implements KeptEvaluation {
    private final INDArray z;
    private final INDArray before;

    /**
     * @param z argument of the evaluation
     * @param before L z
     */
    Evaluation(INDArray z, INDArray before) {
      this.z = z;
      this.before = before;
    }

    @Override
    public void pullback(INDArray cotangent, double parameterScale, INDArray out) {
      // a copy, because activations overwrite their arguments
      INDArray delta = activation.backprop(before.dup('c'), cotangent).getFirst().dup('c');
      delta.muli(scale);
      INDArray weightGradient = parameterGradient.ulike();
      map.pullback(z, delta, out, weightGradient);
      LinearCombination.add(parameterGradient, parameterScale, weightGradient);
    }

    @Override
    public boolean readsResult() {
      return false;
    }

    @Override
    public long keptBytes() {
      return ArrayPool.bytes(before);
    }

    @Override
    public void close() {
      // arrays of the garbage collector
    }
  }
}
