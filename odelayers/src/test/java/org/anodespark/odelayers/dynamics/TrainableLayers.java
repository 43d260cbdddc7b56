/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.dynamics;

import java.util.ArrayList;
import java.util.List;
import org.anodespark.odelayers.layer.TimedLayer;
import org.anodespark.odelayers.memory.ArrayPool;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** DL4J layers with random parameters and a gradient view, outside any network. */
public final class TrainableLayers {
  private final ArrayPool pool;
  private final List<org.deeplearning4j.nn.api.Layer> layers = new ArrayList<>();
  private final ParameterGradient gradient = new ParameterGradient();
  private final List<PseudoGradient> pseudoGradients = new ArrayList<>();
  private final INDArray parameters;
  private final INDArray gradientView;

  private TrainableLayers(DataType type, List<Layer> beans) {
    pool = new ArrayPool(type);
    long total = 0;
    for (Layer bean : beans) {
      total += bean.initializer().numParams(bean);
    }
    parameters = total == 0 ? null : Nd4j.create(type, 1, total);
    gradientView = total == 0 ? null : Nd4j.create(type, 1, total);
    long start = 0;
    for (Layer bean : beans) {
      long length = bean.initializer().numParams(bean);
      layers.add(instantiate(type, bean, start, length));
      start += length;
    }
    if (total > 0) {
      gradient.attach(gradientView, pseudoGradients);
      gradient.reset();
    }
  }

  public static TrainableLayers of(Layer... beans) {
    return of(List.of(beans));
  }

  public static TrainableLayers of(List<Layer> beans) {
    return of(DataType.DOUBLE, beans);
  }

  static TrainableLayers of(DataType type, List<Layer> beans) {
    return new TrainableLayers(type, beans);
  }

  private org.deeplearning4j.nn.api.Layer instantiate(
      DataType type, Layer bean, long start, long length) {
    NeuralNetConfiguration configuration =
        new NeuralNetConfiguration.Builder().seed(5).dataType(type).layer(bean).build();
    org.deeplearning4j.nn.api.Layer layer =
        configuration
            .getLayer()
            .instantiate(
                configuration, null, 0, slice(parameters, start, length), length > 0, type);
    if (length > 0) {
      INDArray view = slice(gradientView, start, length);
      layer.setBackpropGradientsViewArray(view);
      configuration
          .getLayer()
          .initializer()
          .getGradientsFromFlattened(configuration, view)
          .forEach(
              (name, gradientOfIt) -> {
                if (!layer.updaterDivideByMinibatch(name)) {
                  pseudoGradients.add(
                      new PseudoGradient(
                          gradientOfIt,
                          () -> !(layer instanceof TimedLayer timed) || timed.hasWritten(name)));
                }
              });
    }
    return layer;
  }

  private static INDArray slice(INDArray flat, long start, long length) {
    return length == 0
        ? null
        : flat.get(NDArrayIndex.interval(0, 0, true), NDArrayIndex.interval(start, start + length));
  }

  public ArrayPool pool() {
    return pool;
  }

  org.deeplearning4j.nn.api.Layer layer(int index) {
    return layers.get(index);
  }

  public ParameterGradient gradient() {
    return gradient;
  }

  /** What the layers compute with, [P]; may be overwritten between evaluations. */
  public INDArray parameters() {
    return parameters.reshape(parameters.length());
  }

  /** What an updater would read, [P]. */
  INDArray gradientView() {
    return gradientView.reshape(gradientView.length());
  }

  LayerStack forTraining(DataType images) {
    return LayerStack.forTraining(layers, gradient, images, pool);
  }

  public LayerStack forTraining() {
    return LayerStack.forTraining(layers, gradient, pool);
  }

  public LayerStack forInference() {
    return LayerStack.forInference(layers, pool);
  }
}
