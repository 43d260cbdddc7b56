/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.export;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A network's parameters as NumPy's {@code .npz}: an array for each, in C order, called
 * LAYER/PARAMETER. {@code docs/jobs.md} tells what their axes are.
 */
final class NumpyArchive {
  private NumpyArchive() {}

  /**
   * Writes the archive.
   *
   * @param out is not closed
   */
  static void write(ComputationGraph network, OutputStream out) throws IOException {
    ZipOutputStream zip = new ZipOutputStream(out);
    for (Layer layer : network.getLayers()) {
      for (Map.Entry<String, INDArray> parameter : parameters(layer).entrySet()) {
        zip.putNextEntry(new ZipEntry(name(layer) + "/" + parameter.getKey() + ".npy"));
        zip.write(Nd4j.toNpyByteArray(parameter.getValue().dup('c')));
      }
    }
    zip.finish();
  }

  /** The layers in the order in which they compute, and the shapes of their parameters. */
  static List<LayerContent> contents(ComputationGraph network) {
    return List.of(network.getLayers()).stream()
        .map(
            layer -> {
              Map<String, List<Long>> shapes = new LinkedHashMap<>();
              parameters(layer).forEach((name, array) -> shapes.put(name, boxed(array.shape())));
              return new LayerContent(
                  name(layer), layer.conf().getLayer().getClass().getName(), shapes);
            })
        .toList();
  }

  /**
   * One layer.
   *
   * @param name the first part of its arrays' names
   * @param type the class of its configuration
   * @param parameters shapes by the second part of their names
   */
  record LayerContent(String name, String type, Map<String, List<Long>> parameters) {}

  private static Map<String, INDArray> parameters(Layer layer) {
    return new TreeMap<>(layer.paramTable());
  }

  private static String name(Layer layer) {
    return layer.conf().getLayer().getLayerName();
  }

  private static List<Long> boxed(long[] shape) {
    return Arrays.stream(shape).boxed().toList();
  }
}
