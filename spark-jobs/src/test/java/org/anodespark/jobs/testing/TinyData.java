/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.testing;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.anodespark.jobs.data.RawImage;
import org.anodespark.jobs.model.ExampleFormat;
import org.anodespark.jobs.model.ModelDescription;
import org.anodespark.jobs.plan.Minibatch;
import org.deeplearning4j.core.loader.DataSetLoader;
import org.nd4j.common.loader.Source;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Points of three classes, computed from their positions, so that every process has the same ones
 * without reading anything. Faults can be ordered for a position.
 */
public final class TinyData implements DataSetLoader {
  public static final int INPUTS = 6;
  public static final int CLASSES = 3;

  /** Rows of one pixel, which are not normalised. */
  public static final ExampleFormat FORMAT =
      new ExampleFormat(
          1, INPUTS, 1, List.of(0.0), List.of(1.0), List.of("first", "second", "third"));

  /** Of networks that learn these points. */
  public static final ModelDescription DESCRIPTION = new ModelDescription("tiny", "0", FORMAT);

  private static final long serialVersionUID = 1L;

  /** Position to how many more times a minibatch with it fails to load. */
  private static final Map<Integer, Integer> FAULTS = new ConcurrentHashMap<>();

  /** A position whose features are not numbers, if there is one. */
  private static volatile int poisoned = -1;

  /** Lets the next {@code times} loads of minibatches that hold {@code example} fail. */
  public static void failToLoad(int example, int times) {
    FAULTS.put(example, times);
  }

  /** Lets an example's features be not-a-number. */
  public static void poison(int example) {
    poisoned = example;
  }

  /** Forgets all orders. */
  public static void heal() {
    FAULTS.clear();
    poisoned = -1;
  }

  /** The text from which {@link #load} makes a data set. */
  public static String describe(Minibatch minibatch) {
    return "examples/"
        + minibatch.examples().stream().map(String::valueOf).collect(Collectors.joining(","));
  }

  @Override
  public DataSet load(Source source) {
    String examples = source.getPath().substring("examples/".length());
    return of(Arrays.stream(examples.split(",")).map(Integer::valueOf).toList());
  }

  /** The points as images that are not there, but could be. */
  public static List<RawImage> images(List<Integer> examples) {
    return examples.stream()
        .map(
            example -> {
              byte[] pixels = new byte[INPUTS];
              Arrays.fill(pixels, example.byteValue());
              return new RawImage("tiny", example, 1, INPUTS, pixels);
            })
        .toList();
  }

  /** The data set of these positions, in this order. */
  public static DataSet of(List<Integer> examples) {
    float[][] features = new float[examples.size()][];
    float[][] labels = new float[examples.size()][CLASSES];
    for (int i = 0; i < examples.size(); i++) {
      int example = examples.get(i);
      if (FAULTS.merge(example, -1, Integer::sum) >= 0) {
        throw new IllegalStateException("ordered to fail at example " + example);
      }
      Random random = new Random(example);
      int label = example % CLASSES;
      features[i] = new float[INPUTS];
      for (int j = 0; j < INPUTS; j++) {
        features[i][j] = (float) random.nextGaussian() + (j == label ? 2 : 0);
      }
      if (example == poisoned) {
        features[i][0] = Float.NaN;
      }
      labels[i][label] = 1;
    }
    return new DataSet(Nd4j.create(features), Nd4j.create(labels));
  }
}
