/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.dynamics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.anodespark.odelayers.layer.ChannelsLastBatchNorm;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

class ParameterGradientTest {
  /** Three gradients, then two pseudo-gradients. */
  private final INDArray view = Nd4j.zeros(DataType.DOUBLE, 1, 5);

  private final ParameterGradient gradient = new ParameterGradient();
  private boolean written = true;

  @BeforeEach
  void attach() {
    gradient.attach(
        view,
        List.of(
            new PseudoGradient(view.reshape(5).get(NDArrayIndex.interval(3, 5)), () -> written)));
    gradient.reset();
  }

  @Test
  void sumsGradientsAndAveragesPseudoGradients() {
    pullBack(1.0, 1, 2, 3, 10, 20);
    pullBack(1.0, 4, 5, 6, 30, 60);
    gradient.writeToView();
    assertThat(view.toDoubleVector()).containsExactly(5, 7, 9, 20, 40);
  }

  @Test
  void averagesPseudoGradientsOverThePullbacksThatWroteThem() {
    pullBack(1.0, 1, 2, 3, 10, 20);
    written = false;
    pullBack(1.0, 4, 5, 6, 0, 0);
    written = true;
    pullBack(1.0, 0, 0, 0, 30, 60);
    gradient.writeToView();
    assertThat(view.toDoubleVector()).containsExactly(5, 7, 9, 20, 40);
  }

  @Test
  void scalesGradientsButNotPseudoGradients() {
    pullBack(0.5, 1, 2, 3, 10, 20);
    pullBack(0.5, 4, 5, 6, 30, 60);
    gradient.writeToView();
    assertThat(view.toDoubleVector()).containsExactly(2.5, 3.5, 4.5, 20, 40);
  }

  @Test
  void holdsNoPseudoGradientsInItsSum() {
    pullBack(1.0, 1, 2, 3, 10, 20);
    assertThat(gradient.sum().toDoubleVector()).containsExactly(1, 2, 3, 0, 0);
  }

  @Test
  void forgetsPullbacksWhenReset() {
    pullBack(1.0, 1, 2, 3, 10, 20);
    gradient.reset();
    pullBack(1.0, 4, 5, 6, 30, 60);
    gradient.writeToView();
    assertThat(view.toDoubleVector()).containsExactly(4, 5, 6, 30, 60);
  }

  @Test
  void doesNothingForLayersWithoutParameters() {
    ParameterGradient none = new ParameterGradient();
    none.reset();
    none.addView(1.0);
    none.writeToView();
    assertThat(none.sum()).isNull();
  }

  @Test
  void isLeftAsItIsByAPullbackOfScaleZero() {
    assertThat(gradientsAfterPullbacks(1.0, 0.0, 0.0)).isEqualTo(gradientsAfterPullbacks(1.0));
  }

  @Test
  void halvesGradientsButNotPseudoGradientsInAPullbackOfScaleOneHalf() {
    INDArray full = gradientsAfterPullbacks(1.0);
    INDArray half = gradientsAfterPullbacks(0.5);
    // dense W [4, 4] and b [4], then gamma, beta, mean and variance [4] each
    INDArray gradients = full.get(NDArrayIndex.interval(0, 28));
    INDArray pseudoGradients = full.get(NDArrayIndex.interval(28, 36));
    assertThat(half.get(NDArrayIndex.interval(0, 28))).isEqualTo(gradients.mul(0.5));
    assertThat(half.get(NDArrayIndex.interval(28, 36))).isEqualTo(pseudoGradients);
    assertThat(gradients.norm2Number().doubleValue()).isGreaterThan(0.1);
    assertThat(pseudoGradients.norm2Number().doubleValue()).isGreaterThan(0.01);
  }

  /** Pullbacks of the given scales; those of scale 0 have another cotangent. */
  private static INDArray gradientsAfterPullbacks(double... scales) {
    TrainableLayers layers =
        TrainableLayers.of(
            new DenseLayer.Builder().nIn(4).nOut(4).activation(Activation.TANH).build(),
            new ChannelsLastBatchNorm.Builder().nIn(4).nOut(4).build());
    INDArray y = Nd4j.linspace(DataType.DOUBLE, -1, 0.2, 12).reshape(3, 4);
    LayerStack field = layers.forTraining();
    try (KeptEvaluation kept = field.evaluateAndKeep(0, y, y.ulike())) {
      for (double scale : scales) {
        INDArray cotangent = scale == 0.0 ? y.dup() : y.mul(y);
        kept.pullback(cotangent, scale, y.ulike());
      }
    }
    layers.gradient().writeToView();
    return layers.gradientView();
  }

  private void pullBack(double scale, double... values) {
    view.assign(Nd4j.createFromArray(values).reshape(1, 5));
    gradient.addView(scale);
  }
}
