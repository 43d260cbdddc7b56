/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.listener;

import java.util.LinkedHashMap;
import java.util.Map;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.api.Trainable;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;

/** A {@link Replica} of a {@code MultiLayerNetwork}. */
final class MultiLayerReplica extends Replica {
  private final MultiLayerNetwork network;
  private final INDArray features;
  private final INDArray labels;
  private final INDArray[] masks;

  private MultiLayerReplica(
      MultiLayerNetwork network,
      INDArray parameters,
      INDArray features,
      INDArray labels,
      INDArray[] masks) {
    super(parameters);
    this.network = network;
    this.features = features;
    this.labels = labels;
    this.masks = masks;
  }

  static MultiLayerReplica of(MultiLayerNetwork original, INDArray labels, DataType dataType) {
    MultiLayerConfiguration configuration =
        MultiLayerConfiguration.fromJson(original.getLayerWiseConfigurations().toJson());
    configuration.setDataType(dataType);
    MultiLayerNetwork copy = new MultiLayerNetwork(configuration);
    INDArray parameters = copyOf(original.params(), dataType);
    copy.init(parameters, false);
    // the network does not keep the mask of the features; what became of it is in the layers
    INDArray[] masks = new INDArray[original.getnLayers()];
    for (int i = 0; i < masks.length; i++) {
      masks[i] = as(dataType, original.getLayer(i).getMaskArray());
    }
    return new MultiLayerReplica(
        copy, parameters, as(dataType, original.getInput()), as(dataType, labels), masks);
  }

  @Override
  Model network() {
    return network;
  }

  @Override
  Map<String, Trainable> parts() {
    Map<String, Trainable> parts = new LinkedHashMap<>();
    for (int i = 0; i < network.getnLayers(); i++) {
      parts.put(String.valueOf(i), network.getLayer(i));
    }
    return parts;
  }

  @Override
  void computeGradient() {
    setMasks();
    network.setInput(features);
    network.setLabels(labels);
    network.computeGradientAndScore();
  }

  @Override
  double score() {
    setMasks();
    return network.score(new DataSet(features, labels), true);
  }

  private void setMasks() {
    for (int i = 0; i < masks.length; i++) {
      network.getLayer(i).setMaskArray(masks[i]);
    }
  }

  @Override
  double regularization() {
    return network.calcRegularizationScore(true);
  }

  @Override
  void clear() {
    network.clearLayersStates();
  }
}
