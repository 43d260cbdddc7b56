/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.conversion;

import static org.deeplearning4j.nn.params.BatchNormalizationParamInitializer.GLOBAL_LOG_STD;
import static org.deeplearning4j.nn.params.BatchNormalizationParamInitializer.GLOBAL_VAR;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.anodespark.odelayers.kernel.Parts;
import org.deeplearning4j.nn.api.Trainable;
import org.deeplearning4j.nn.updater.BaseMultiLayerUpdater;
import org.deeplearning4j.nn.updater.UpdaterBlock;
import org.deeplearning4j.nn.updater.UpdaterBlock.ParamState;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;

/** Brings over what a network has learned, from layer to layer of the same name. */
final class Learned {
  private Learned() {}

  /**
   * Parameters, bit for bit; only the logarithm of a running deviation becomes a variance.
   *
   * @param from the tables of the layers that there were, by name
   * @param to the tables of the layers that there are now
   */
  static void copyParameters(
      Map<String, Map<String, INDArray>> from, Map<String, Map<String, INDArray>> to) {
    to.forEach(
        (layer, table) ->
            table.forEach((name, value) -> value.assign(parameter(name, from.get(layer)))));
  }

  private static INDArray parameter(String name, Map<String, INDArray> table) {
    if (GLOBAL_VAR.equals(name) && table.containsKey(GLOBAL_LOG_STD)) {
      INDArray logarithm = table.get(GLOBAL_LOG_STD);
      return Transforms.pow(logarithm.ulike().assign(10.0), logarithm.mul(2.0), false);
    }
    return table.get(name);
  }

  /**
   * Moments and the like.
   *
   * @param from null if there is none yet
   * @param fromName names of the layers that there were
   * @param to the updater of the new network
   * @param toName names of the layers that there are now
   */
  static void copyUpdaterState(
      BaseMultiLayerUpdater<?> from,
      Function<Trainable, String> fromName,
      BaseMultiLayerUpdater<?> to,
      Function<Trainable, String> toName) {
    if (from != null && from.getUpdaterStateViewArray() != null) {
      Map<Slot, List<INDArray>> before = stateOf(from, fromName);
      stateOf(to, toName).forEach((slot, parts) -> copy(before.get(slot), parts));
    }
  }

  private static void copy(List<INDArray> from, List<INDArray> to) {
    for (int i = 0; i < to.size(); i++) {
      to.get(i).assign(from.get(i));
    }
  }

  /** A parameter of a layer. */
  private record Slot(String layer, String parameter) {}

  /**
   * The state of each parameter. Neighbours with equal updaters share a block, in which the first
   * moments of all come first, then the second moments of all.
   */
  private static Map<Slot, List<INDArray>> stateOf(
      BaseMultiLayerUpdater<?> updater, Function<Trainable, String> nameOf) {
    Map<Slot, List<INDArray>> state = new HashMap<>();
    for (UpdaterBlock block : updater.getUpdaterBlocks()) {
      if (block.getUpdaterView() == null) {
        continue;
      }
      INDArray view = block.getUpdaterView().reshape(block.getUpdaterView().length());
      long parameters = (long) block.getParamOffsetEnd() - block.getParamOffsetStart();
      for (ParamState each : block.getLayersAndVariablesInBlock()) {
        long start = (long) each.getParamOffsetStart() - block.getParamOffsetStart();
        long length = (long) each.getParamOffsetEnd() - each.getParamOffsetStart();
        List<INDArray> parts = new ArrayList<>();
        for (long moment = 0; moment < view.length(); moment += parameters) {
          parts.add(Parts.along(view, 0, moment + start, length));
        }
        state.put(new Slot(nameOf.apply(each.getLayer()), each.getParamName()), parts);
      }
    }
    return state;
  }

  /** Parameter tables of layers, without the empty ones. */
  static Map<String, Map<String, INDArray>> tables(
      Iterable<? extends Trainable> layers, Function<Trainable, String> nameOf) {
    Map<String, Map<String, INDArray>> tables = new LinkedHashMap<>();
    for (Trainable layer : layers) {
      Map<String, INDArray> table = layer.paramTable(false);
      if (table != null && !table.isEmpty()) {
        tables.put(nameOf.apply(layer), table);
      }
    }
    return tables;
  }
}
