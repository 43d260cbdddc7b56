/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.listener;

import java.util.LinkedHashMap;
import java.util.Map;
import org.anodespark.odelayers.OdeBlock;
import org.anodespark.odelayers.OdeBlockLayer;
import org.anodespark.odelayers.solver.SolveStatistics;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.layers.wrapper.BaseWrapperLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/** Finds the ODE blocks of a network. */
public final class OdeBlocks {
  private OdeBlocks() {}

  /**
   * The ODE blocks of a network, by the layer's name, in the order of the network's layers. Blocks
   * inside DL4J's wrappers ({@code FrozenLayer}, {@code TimeDistributed} ...) are among them.
   *
   * @param network a {@code MultiLayerNetwork} or a {@code ComputationGraph}, initialised
   * @throws IllegalArgumentException if it is neither
   */
  public static Map<String, OdeBlockLayer> of(Model network) {
    Map<String, OdeBlockLayer> blocks = new LinkedHashMap<>();
    for (Layer layer : layers(network)) {
      if (unwrapped(layer) instanceof OdeBlockLayer block) {
        blocks.put(bean(block).getLayerName(), block);
      }
    }
    return blocks;
  }

  /**
   * What the latest solve of every ODE block cost, by the layer's name, in the order of the
   * network's layers.
   *
   * @param network as for {@link #of}
   */
  public static Map<String, SolveStatistics> statistics(Model network) {
    Map<String, SolveStatistics> statistics = new LinkedHashMap<>();
    of(network).forEach((name, block) -> statistics.put(name, block.statistics()));
    return statistics;
  }

  /** The configuration that a block runs. */
  static OdeBlock bean(OdeBlockLayer block) {
    return (OdeBlock) block.conf().getLayer();
  }

  static Layer[] layers(Model network) {
    if (network instanceof MultiLayerNetwork multiLayer) {
      return multiLayer.getLayers();
    }
    if (network instanceof ComputationGraph graph) {
      return graph.getLayers();
    }
    throw new IllegalArgumentException(
        network.getClass().getName()
            + " is no network that can be searched for ODE blocks; expected a MultiLayerNetwork or"
            + " a ComputationGraph.");
  }

  /** The layer inside DL4J's wrappers. */
  static Layer unwrapped(Layer layer) {
    Layer inner = layer;
    while (inner instanceof BaseWrapperLayer wrapper) {
      inner = wrapper.getUnderlying();
    }
    return inner;
  }
}
