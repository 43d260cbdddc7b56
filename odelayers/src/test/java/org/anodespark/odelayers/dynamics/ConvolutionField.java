/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.dynamics;

import java.util.List;
import org.anodespark.odelayers.layer.ChannelsLastConvolution;
import org.anodespark.odelayers.memory.ArrayPool;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Two small convolutions with a rectifier between, as DL4J layers, and images for them. */
public final class ConvolutionField {
  private static final int SIZE = 4;
  private static final int CHANNELS = 2;
  private static final long PARAMETERS = 3 * 3 * CHANNELS * CHANNELS + CHANNELS;

  private ConvolutionField() {}

  public static LayerStack create(DataType type, ArrayPool pool) {
    INDArray parameters = waves(1.3, 2 * PARAMETERS).muli(0.3).reshape(1, -1).castTo(type);
    INDArray gradients = Nd4j.zeros(type, 1, 2 * PARAMETERS);
    ParameterGradient gradient = new ParameterGradient();
    gradient.attach(gradients, List.of());
    gradient.reset();
    return LayerStack.forTraining(
        List.of(
            convolution(Activation.RELU, slice(parameters, 0), slice(gradients, 0)),
            convolution(Activation.IDENTITY, slice(parameters, 1), slice(gradients, 1))),
        gradient,
        pool);
  }

  private static Layer convolution(Activation activation, INDArray parameters, INDArray gradients) {
    NeuralNetConfiguration configuration =
        new NeuralNetConfiguration.Builder()
            .layer(
                new ChannelsLastConvolution.Builder(3, 3)
                    .nIn(CHANNELS)
                    .nOut(CHANNELS)
                    .activation(activation)
                    .build())
            .build();
    Layer layer =
        configuration
            .getLayer()
            .instantiate(configuration, null, 0, parameters, false, parameters.dataType());
    layer.setBackpropGradientsViewArray(gradients);
    return layer;
  }

  private static INDArray slice(INDArray all, int index) {
    return all.get(
        NDArrayIndex.all(), NDArrayIndex.interval(index * PARAMETERS, (index + 1) * PARAMETERS));
  }

  /** Two images. */
  public static INDArray images(DataType type) {
    return waves(0.7, 2 * SIZE * SIZE * CHANNELS)
        .reshape(2, SIZE, SIZE, CHANNELS)
        .castTo(type)
        .dup('c');
  }

  private static INDArray waves(double frequency, long length) {
    INDArray waves = Nd4j.zeros(DataType.DOUBLE, length);
    for (int i = 0; i < length; i++) {
      waves.putScalar(i, Math.sin(frequency * (i + 1)));
    }
    return waves;
  }
}
