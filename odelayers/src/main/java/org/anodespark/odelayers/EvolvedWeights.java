/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.anodespark.odelayers.layer.EvolutionTiming;
import org.anodespark.odelayers.layer.EvolvingConvolution;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.GraphVertex;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Networks with weights that evolve {@linkplain EvolutionTiming#BEFORE before} the state does, as
 * what they predict by: the same network with the weights w(1), which do not evolve. It has the
 * size and the speed of a network without evolution, and its predictions have the same bits. (It is
 * not for training: what it would learn are other parameters.) Weights that evolve alongside the
 * state stay as they are.
 */
public final class EvolvedWeights {
  private EvolvedWeights() {}

  /**
   * The configuration of the network that predicts.
   *
   * @param configuration left as it is
   * @return a copy in which the weights do not evolve; empty if none evolve before the state
   */
  public static Optional<ComputationGraphConfiguration> configuration(
      ComputationGraphConfiguration configuration) {
    boolean any =
        configuration.getVertices().values().stream()
            .flatMap(vertex -> block(vertex).stream())
            .anyMatch(block -> block.getDynamics().stream().anyMatch(EvolvedWeights::evolves));
    if (!any) {
      return Optional.empty();
    }
    ComputationGraphConfiguration evolved =
        ComputationGraphConfiguration.fromJson(configuration.toJson());
    for (org.deeplearning4j.nn.conf.graph.GraphVertex vertex : evolved.getVertices().values()) {
      block(vertex)
          .ifPresent(
              block -> {
                block.setDynamics(
                    block.getDynamics().stream().map(EvolvedWeights::evolved).toList());
                // the layers have fewer parameters
                ((LayerVertex) vertex).getLayerConf().clearVariables();
              });
    }
    return Optional.of(evolved);
  }

  /**
   * The network that predicts.
   *
   * @param network initialised; left as it is
   * @return another one, which shares nothing with it; empty if no weights evolve before the state
   */
  public static Optional<ComputationGraph> of(ComputationGraph network) {
    return configuration(network.getConfiguration())
        .map(configuration -> withParameters(network, new ComputationGraph(configuration)));
  }

  private static ComputationGraph withParameters(ComputationGraph from, ComputationGraph to) {
    to.init();
    for (GraphVertex vertex : to.getVertices()) {
      GraphVertex source = from.getVertex(vertex.getVertexName());
      for (Map.Entry<String, INDArray> parameter : vertex.paramTable(false).entrySet()) {
        parameter.getValue().assign(source.paramTable(false).get(parameter.getKey()));
      }
      if (source.hasLayer() && source.getLayer().conf().getLayer() instanceof OdeBlock block) {
        evolve(block.getDynamics(), source.paramTable(false), vertex.paramTable(false));
      }
    }
    return to;
  }

  private static void evolve(
      List<Layer> dynamics, Map<String, INDArray> from, Map<String, INDArray> to) {
    for (int i = 0; i < dynamics.size(); i++) {
      if (evolves(dynamics.get(i))) {
        int index = i;
        ((EvolvingConvolution) dynamics.get(i))
            .evolve(
                name -> from.get(LayerBlockParameters.name(index, name)),
                name -> to.get(LayerBlockParameters.name(index, name)));
      }
    }
  }

  private static boolean evolves(Layer layer) {
    return layer instanceof EvolvingConvolution convolution
        && convolution.getTiming() == EvolutionTiming.BEFORE;
  }

  private static Layer evolved(Layer layer) {
    return evolves(layer) ? ((EvolvingConvolution) layer).withoutEvolution() : layer;
  }

  private static Optional<OdeBlock> block(org.deeplearning4j.nn.conf.graph.GraphVertex vertex) {
    return vertex instanceof LayerVertex layer
            && layer.getLayerConf().getLayer() instanceof OdeBlock block
        ? Optional.of(block)
        : Optional.empty();
  }
}
