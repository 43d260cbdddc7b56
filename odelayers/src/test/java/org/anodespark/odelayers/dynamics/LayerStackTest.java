/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.dynamics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.anodespark.odelayers.failure.OdeSolveException;
import org.anodespark.odelayers.memory.ArrayPool;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class LayerStackTest {
  private final ArrayPool pool = new ArrayPool(DataType.DOUBLE);

  @Test
  void refusesAFieldThatChangesTheShapeOfTheState() {
    LayerStack stack = LayerStack.forInference(List.of(dense(4, 3)), pool);
    INDArray y = Nd4j.ones(DataType.DOUBLE, 2, 4);
    assertThatThrownBy(() -> stack.evaluate(0, y, pool.borrow(2, 4)))
        .isInstanceOf(OdeSolveException.class)
        .hasMessageContaining("turns a state of shape [2, 4] into [2, 3]");
  }

  @Test
  void keepsNoEvaluationInInference() {
    LayerStack stack = LayerStack.forInference(List.of(dense(4, 4)), pool);
    INDArray y = Nd4j.ones(DataType.DOUBLE, 2, 4);
    assertThatThrownBy(() -> stack.evaluateAndKeep(0, y, pool.borrow(2, 4)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("only be kept in training");
  }

  @Test
  void keepsWhatEveryLayerButTheLastPutOutAndGivesItBack() {
    LayerStack stack = LayerStack.forTraining(List.of(dense(4, 5), dense(5, 4)), null, pool);
    INDArray y = Nd4j.ones(DataType.DOUBLE, 2, 4);
    INDArray out = pool.borrow(2, 4);
    long before = pool.bytesInUse();
    KeptEvaluation kept = stack.evaluateAndKeep(0, y, out);
    assertThat(kept.keptBytes()).isEqualTo(2 * 5 * 8);
    kept.close();
    kept.close();
    assertThat(pool.bytesInUse()).isEqualTo(before);
  }

  @Test
  void givesTheSameBitsWhetherKeptOrNot() {
    LayerStack stack = LayerStack.forTraining(List.of(dense(4, 5), dense(5, 4)), null, pool);
    INDArray y = Nd4j.linspace(DataType.DOUBLE, -1, 0.25, 8).reshape(2, 4);
    INDArray forgotten = pool.borrow(2, 4);
    INDArray kept = pool.borrow(2, 4);
    stack.evaluate(0, y, forgotten);
    stack.evaluateAndKeep(0, y, kept).close();
    assertThat(kept).isEqualTo(forgotten);
  }

  private static Layer dense(int in, int out) {
    NeuralNetConfiguration configuration =
        new NeuralNetConfiguration.Builder()
            .seed(5)
            .layer(new DenseLayer.Builder().nIn(in).nOut(out).activation(Activation.TANH).build())
            .build();
    INDArray parameters = Nd4j.create(DataType.DOUBLE, 1, (in + 1L) * out);
    return configuration
        .getLayer()
        .instantiate(configuration, null, 0, parameters, true, DataType.DOUBLE);
  }
}
