/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers;

import org.anodespark.odelayers.layer.ChannelsLastConvolution;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.lossfunctions.LossFunctions;

/** Where arrays have their two channels, and small networks on such arrays in double precision. */
enum Layout {
  ROWS {
    @Override
    InputType inputType() {
      return InputType.feedForward(2);
    }

    @Override
    Layer layer(long in, long out, Activation activation) {
      return new DenseLayer.Builder().nIn(in).nOut(out).activation(activation).build();
    }
  },
  CHANNELS_LAST {
    @Override
    InputType inputType() {
      return InputType.convolutional(3, 4, 2, CNN2DFormat.NHWC);
    }

    @Override
    Layer layer(long in, long out, Activation activation) {
      return new ChannelsLastConvolution.Builder(3, 3).nIn(in).nOut(out).build();
    }
  },
  STOCK_CHANNELS_LAST {
    @Override
    InputType inputType() {
      return InputType.convolutional(3, 4, 2, CNN2DFormat.NHWC);
    }

    @Override
    Layer layer(long in, long out, Activation activation) {
      return stock(in, out, activation).dataFormat(CNN2DFormat.NHWC).build();
    }
  },
  STOCK_CHANNELS_FIRST {
    @Override
    InputType inputType() {
      return InputType.convolutional(3, 4, 2, CNN2DFormat.NCHW);
    }

    @Override
    Layer layer(long in, long out, Activation activation) {
      return stock(in, out, activation).build();
    }
  };

  abstract InputType inputType();

  /**
   * A layer that leaves height and width as they are.
   *
   * @param in channels; 0 leaves it to DL4J
   * @param activation ignored by layers that have none of their own
   */
  abstract Layer layer(long in, long out, Activation activation);

  private static ConvolutionLayer.Builder stock(long in, long out, Activation activation) {
    return new ConvolutionLayer.Builder(3, 3)
        .nIn(in)
        .nOut(out)
        .padding(1, 1)
        .activation(activation);
  }

  /** Entry layer, block, pooling of images, output layer. */
  MultiLayerNetwork classifier(OdeBlock block, IUpdater updater) {
    var list =
        Networks.base(updater, WorkspaceMode.ENABLED)
            .list()
            .layer(layer(0, 2, Activation.TANH))
            .layer(block);
    if (this != ROWS) {
      list.layer(new GlobalPoolingLayer(PoolingType.AVG));
    }
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            list.layer(
                    new OutputLayer.Builder(LossFunctions.LossFunction.MSE)
                        .activation(Activation.TANH)
                        .nOut(Networks.CLASSES)
                        .build())
                .setInputType(inputType())
                .build());
    network.init();
    return network;
  }

  INDArray batch() {
    Nd4j.getRandom().setSeed(7);
    long[] shape = inputType().getShape(true);
    shape[0] = Networks.EXAMPLES;
    return Nd4j.randn(DataType.DOUBLE, shape);
  }

  DataSet data() {
    INDArray features = batch();
    return new DataSet(features, Nd4j.rand(DataType.DOUBLE, Networks.EXAMPLES, Networks.CLASSES));
  }
}
