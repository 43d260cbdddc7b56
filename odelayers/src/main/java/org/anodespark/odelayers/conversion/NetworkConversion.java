/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.conversion;

import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.function.Function;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.Trainable;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.GraphVertex;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.updater.BaseMultiLayerUpdater;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Turns networks of DL4J's layers into networks of this library's, which compute the same many
 * times as fast, and back.
 *
 * <table>
 *   <caption>Layers and their counterparts</caption>
 *   <tr><td>{@code ConvolutionLayer} with identity, ReLU or tanh</td><td>{@code ChannelsLastConvolution}</td></tr>
 *   <tr><td>{@code BatchNormalization}, gamma and beta not locked</td><td>{@code ChannelsLastBatchNorm}</td></tr>
 *   <tr><td>{@code SubsamplingLayer}, MAX or AVG, without dilation</td><td>{@code ChannelsLastPooling}</td></tr>
 *   <tr><td>{@code GlobalPoolingLayer}, AVG</td><td>{@code ChannelsLastGlobalAverage}</td></tr>
 *   <tr><td>{@code DenseLayer} with identity, ReLU or tanh</td><td>{@code BufferedDense}</td></tr>
 *   <tr><td>{@code ActivationLayer}: identity, ReLU, tanh, sigmoid, softplus, {@code ActivationErfGELU}</td><td>{@code BufferedActivation}; where possible a part of the layer before it</td></tr>
 *   <tr><td>{@code MergeVertex} of images</td><td>{@link ChannelsLastMerge}</td></tr>
 * </table>
 *
 * <p>All other layers and vertices stay. On images with channels first that is possible for those
 * that DL4J can run on either format: other convolutions and kinds of pooling, {@code
 * Upsampling2D}, {@code ZeroPaddingLayer}, {@code Cropping2D}, {@code LocalResponseNormalization},
 * {@code CnnLossLayer}, {@code DropoutLayer}, other activations than softmax, and element-wise
 * vertices. For anything else the conversion fails with the layer's name. Masks are not supported
 * by the counterparts of pooling and dense layers.
 *
 * <p><b>Images are channels-last afterwards.</b> Where a network took {@code [N, C, H, W]}, the
 * converted one takes {@code [N, H, W, C]}, see {@link #toChannelsLast}; images that it gives, or
 * takes as labels, likewise. Flat images, as {@code InputType.convolutionalFlat} takes them, stay
 * as they are. Rows that are made of images keep their order, so the weights behind them stay the
 * same.
 *
 * <p>Parameters go over bit for bit, updater state (moments and the like), iteration and epoch
 * counts too; listeners and the last score do not. One thing changes: where a batch normalisation
 * keeps the logarithm of its running deviation ({@code useLogStd}), the counterpart keeps the
 * variance, and so does what it is converted back to. The given network stays as it is and shares
 * nothing with the new one.
 */
public final class NetworkConversion {
  private NetworkConversion() {}

  /**
   * A network of this library's layers that computes the same.
   *
   * @param network initialised
   * @throws org.deeplearning4j.exception.DL4JInvalidConfigException naming a layer that has no
   *     counterpart and cannot work on channels-last images
   */
  public static MultiLayerNetwork toBufferedLayers(MultiLayerNetwork network) {
    return convert(network, new ToBufferedLayers());
  }

  /** As {@link #toBufferedLayers(MultiLayerNetwork)}. */
  public static ComputationGraph toBufferedLayers(ComputationGraph network) {
    return convert(network, new ToBufferedLayers());
  }

  /**
   * A network of DL4J's layers that computes the same. A batch normalisation with ReLU becomes two
   * layers. To channels last, the preprocessors of this package stay where there are some.
   *
   * @param network initialised
   * @param format of all images afterwards
   * @throws org.deeplearning4j.exception.DL4JInvalidConfigException naming a layer that has no
   *     counterpart and cannot work on images of this format
   */
  public static MultiLayerNetwork toStockLayers(MultiLayerNetwork network, CNN2DFormat format) {
    return convert(network, new ToStockLayers(format));
  }

  /** As {@link #toStockLayers(MultiLayerNetwork, CNN2DFormat)}. */
  public static ComputationGraph toStockLayers(ComputationGraph network, CNN2DFormat format) {
    return convert(network, new ToStockLayers(format));
  }

  /** A copy {@code [N, H, W, C]} of images {@code [N, C, H, W]}. */
  public static INDArray toChannelsLast(INDArray channelsFirst) {
    return channelsFirst.permute(0, 2, 3, 1).dup('c');
  }

  /** A copy {@code [N, C, H, W]} of images {@code [N, H, W, C]}. */
  public static INDArray toChannelsFirst(INDArray channelsLast) {
    return channelsLast.permute(0, 3, 1, 2).dup('c');
  }

  private static MultiLayerNetwork convert(MultiLayerNetwork network, Rewriting rewriting) {
    MultiLayerConfiguration configuration =
        MultiLayerConfiguration.fromJson(network.getLayerWiseConfigurations().toJson());
    NetworkNodes nodes = rewriting.apply(NetworkNodes.of(configuration));
    nodes.into(configuration);
    MultiLayerNetwork converted = new MultiLayerNetwork(configuration);
    converted.init(parameters(network.numParams(), configuration.getDataType()), false);

    Function<Trainable, String> before =
        names(network.getLayers(), NetworkNodes.of(network.getLayerWiseConfigurations()));
    Function<Trainable, String> after = names(converted.getLayers(), nodes);
    Learned.copyParameters(
        Learned.tables(Arrays.asList(network.getLayers()), before),
        Learned.tables(Arrays.asList(converted.getLayers()), after));
    if (network.getUpdater(false) != null) {
      Learned.copyUpdaterState(
          (BaseMultiLayerUpdater<?>) network.getUpdater(false),
          before,
          (BaseMultiLayerUpdater<?>) converted.getUpdater(true),
          after);
    }
    return converted;
  }

  /** Layers of DL4J equal others with the same content, so they are told apart by identity. */
  private static Function<Trainable, String> names(Layer[] layers, NetworkNodes nodes) {
    IdentityHashMap<Trainable, String> names = new IdentityHashMap<>();
    for (int i = 0; i < layers.length; i++) {
      names.put(layers[i], nodes.nodes().get(i).name());
    }
    return names::get;
  }

  private static ComputationGraph convert(ComputationGraph network, Rewriting rewriting) {
    ComputationGraphConfiguration configuration =
        ComputationGraphConfiguration.fromJson(network.getConfiguration().toJson());
    rewriting.apply(NetworkNodes.of(configuration)).into(configuration);
    ComputationGraph converted = new ComputationGraph(configuration);
    converted.init(parameters(network.numParams(), configuration.getDataType()), false);

    Function<Trainable, String> name = vertex -> ((GraphVertex) vertex).getVertexName();
    Learned.copyParameters(
        Learned.tables(Arrays.asList(network.getVertices()), name),
        Learned.tables(Arrays.asList(converted.getVertices()), name));
    if (network.getUpdater(false) != null) {
      Learned.copyUpdaterState(network.getUpdater(false), name, converted.getUpdater(true), name);
    }
    return converted;
  }

  /** Room for all parameters, so that DL4J draws none; null if there are none. */
  private static INDArray parameters(long count, DataType type) {
    return count == 0 ? null : Nd4j.create(type, 1, count);
  }
}
