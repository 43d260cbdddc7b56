/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.anodespark.jobs.block.BlockKinds;
import org.anodespark.jobs.block.BlockSetup;
import org.anodespark.jobs.block.EvolutionTimings;
import org.anodespark.jobs.block.FieldNormalizations;
import org.anodespark.jobs.block.Precisions;
import org.anodespark.jobs.block.PublishedNetwork;
import org.anodespark.jobs.block.WeightEvolutions;
import org.anodespark.jobs.config.BlockSettings;
import org.anodespark.jobs.config.EvolutionSettings;
import org.anodespark.jobs.config.ModelSettings;
import org.anodespark.jobs.failure.JobFailure;
import org.anodespark.jobs.train.ImageFacts;
import org.anodespark.jobs.train.NetworkFactory;
import org.anodespark.jobs.train.Optimization;
import org.anodespark.odelayers.OdeBlock;
import org.anodespark.odelayers.kernel.Precision;
import org.anodespark.odelayers.network.AugmentedOdeNetwork;
import org.anodespark.odelayers.network.DenseOdeNetwork;
import org.anodespark.odelayers.network.ImageNetwork;
import org.anodespark.odelayers.network.Normalization;
import org.anodespark.odelayers.network.OdeBlockSettings;
import org.anodespark.odelayers.network.ResidualOdeNetwork;
import org.anodespark.odelayers.network.published.AlexNet;
import org.anodespark.odelayers.network.published.Design;
import org.anodespark.odelayers.network.published.ResNet;
import org.anodespark.odelayers.network.published.SqueezeNext;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.learning.regularization.Regularization;

/** Builds the network that the section {@code model} of the settings describes. */
public final class OdeNetworkFactory implements NetworkFactory {
  private static final long serialVersionUID = 1L;

  @Override
  public ComputationGraphConfiguration create(
      ModelSettings settings, ImageFacts images, Optimization optimization, long seed) {
    Precision precision = precision(settings.precision());
    NeuralNetConfiguration.Builder base =
        new NeuralNetConfiguration.Builder()
            .seed(seed)
            .dataType(DataType.FLOAT)
            .updater(optimization.updater());
    ComputationGraphConfiguration configuration =
        network(settings, blocks(settings.block(), optimization.iterations(), precision))
            .configure(base, images.height(), images.width(), images.channels(), images.classes());
    for (Layer layer : layers(configuration)) {
      regularize(layer, optimization.regularization());
      clip(layer, optimization);
    }
    return configuration;
  }

  private static OdeBlockSettings blocks(
      BlockSettings settings, int iterations, Precision precision) {
    BlockSetup setup = settings.setup(iterations);
    return new OdeBlockSettings(
        setup.method(),
        setup.control(),
        setup.adjoint(),
        settings.regularizers().setup().over(iterations),
        precision,
        evolution(settings.evolution()));
  }

  private static Optional<OdeBlockSettings.Evolution> evolution(EvolutionSettings settings) {
    return settings.any()
        ? Optional.of(
            new OdeBlockSettings.Evolution(
                WeightEvolutions.of(settings.kind(), settings.solver(), settings.steps()),
                EvolutionTimings.of(settings.timing())))
        : Optional.empty();
  }

  private static ImageNetwork network(ModelSettings settings, OdeBlockSettings blocks) {
    Normalization normalization =
        new Normalization(
            FieldNormalizations.of(settings.normalization()), settings.batchNormDecay());
    return switch (settings.network()) {
      case ModelSettings.RESIDUAL ->
          new ResidualOdeNetwork(
              settings.widths(), settings.blocksPerStage(), normalization, blocks);
      case ModelSettings.DENSE ->
          new DenseOdeNetwork(settings.dense().hidden(), settings.dense().boundedField(), blocks);
      case ModelSettings.AUGMENTED ->
          new AugmentedOdeNetwork(
              settings.augmented().addedChannels(),
              settings.augmented().width(),
              settings.batchNormDecay(),
              blocks);
      default ->
          published(
              PublishedNetwork.of(settings.network()),
              new Design(BlockKinds.of(settings.blocks()), normalization, blocks));
    };
  }

  private static ImageNetwork published(PublishedNetwork network, Design design) {
    return switch (network) {
      case RESNET_4 -> ResNet.four(design);
      case RESNET_10 -> ResNet.ten(design);
      case RESNET_18 -> ResNet.eighteen(design);
      case ALEXNET -> new AlexNet(design);
      case SQUEEZENEXT -> new SqueezeNext(design);
    };
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

  private static List<Layer> layers(ComputationGraphConfiguration configuration) {
    return configuration.getVertices().values().stream()
        .filter(LayerVertex.class::isInstance)
        .map(vertex -> ((LayerVertex) vertex).getLayerConf().getLayer())
        .toList();
  }

  /**
   * Gives a layer its regularisation. As a setting of the network, DL4J 1.0.0-M2.1 would apply
   * weight decay twice: its validation adds the network's to the copy that the layer already has.
   */
  private static void regularize(Layer layer, List<Regularization> regularization) {
    List<Layer> parts = layer instanceof OdeBlock block ? block.getDynamics() : List.of(layer);
    for (Layer part : parts) {
      if (part instanceof BaseLayer base) {
        base.setRegularization(new ArrayList<>(regularization));
      }
    }
  }

  /**
   * Lets a layer's gradient be clipped, but for batch norm: DL4J takes what its running statistics
   * are to change by for a part of its gradient, and would clip that, too.
   */
  private static void clip(Layer layer, Optimization optimization) {
    if (layer instanceof OdeBlock block) {
      block.setGradientNormalization(optimization.clipping());
      block.setGradientNormalizationThreshold(optimization.clippingThreshold());
    } else if (layer instanceof BaseLayer base && !(layer instanceof BatchNormalization)) {
      base.setGradientNormalization(optimization.clipping());
      base.setGradientNormalizationThreshold(optimization.clippingThreshold());
    }
  }
}
