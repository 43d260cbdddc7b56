/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.network;

import java.util.ArrayList;
import java.util.List;
import org.anodespark.jobs.block.BlockSetup;
import org.anodespark.jobs.block.Precisions;
import org.anodespark.jobs.config.ModelSettings;
import org.anodespark.jobs.failure.JobFailure;
import org.anodespark.jobs.train.ImageFacts;
import org.anodespark.jobs.train.NetworkFactory;
import org.anodespark.jobs.train.Optimization;
import org.anodespark.odelayers.OdeBlock;
import org.anodespark.odelayers.kernel.Precision;
import org.anodespark.odelayers.network.ResidualOdeNetwork;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.learning.regularization.Regularization;

/**
 * Builds the {@link ResidualOdeNetwork} that the section {@code model} of the settings describes.
 */
public final class ResidualOdeNetworkFactory implements NetworkFactory {
  @Override
  public ComputationGraphConfiguration create(
      ModelSettings settings, ImageFacts images, Optimization optimization, long seed) {
    Precision precision = precision(settings.precision());
    NeuralNetConfiguration.Builder base =
        new NeuralNetConfiguration.Builder()
            .seed(seed)
            .dataType(DataType.FLOAT)
            .updater(optimization.updater());
    BlockSetup block = settings.block().setup();
    ComputationGraphConfiguration configuration =
        new ResidualOdeNetwork(
                settings.widths(),
                settings.blocksPerStage(),
                block.method(),
                block.control(),
                block.adjoint(),
                settings.batchNormDecay(),
                precision)
            .configure(base, images.height(), images.width(), images.channels(), images.classes());
    regularize(configuration, optimization.regularization());
    return configuration;
  }

  private static Precision precision(String name) {
    try {
      Precision precision = Precisions.of(name);
      precision.images(DataType.FLOAT);
      return precision;
    } catch (IllegalStateException e) {
      throw JobFailure.badConfiguration("model.precision cannot be had: " + e.getMessage(), e);
    }
  }

  /**
   * Gives every layer its regularisation. As a setting of the network, DL4J 1.0.0-M2.1 would apply
   * weight decay twice: its validation adds the network's to the copy that the layer already has.
   */
  private static void regularize(
      ComputationGraphConfiguration configuration, List<Regularization> regularization) {
    for (GraphVertex vertex : configuration.getVertices().values()) {
      if (vertex instanceof LayerVertex layerVertex) {
        Layer layer = layerVertex.getLayerConf().getLayer();
        List<Layer> layers = layer instanceof OdeBlock block ? block.getDynamics() : List.of(layer);
        for (Layer each : layers) {
          if (each instanceof BaseLayer base) {
            base.setRegularization(new ArrayList<>(regularization));
          }
        }
      }
    }
  }
}
