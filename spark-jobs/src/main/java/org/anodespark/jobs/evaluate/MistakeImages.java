/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.evaluate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.anodespark.jobs.data.RawImage;
import org.anodespark.jobs.data.RawImages;
import org.anodespark.jobs.executor.SparkWork;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Gets the images of an evaluation's mistakes. Which ones they are is known only when every example
 * has been evaluated; so executors read these few then, and none that will not be shown.
 */
public final class MistakeImages {
  private MistakeImages() {}

  /**
   * Reads the images of all samples, on the executors.
   *
   * @param images of the split that was evaluated
   * @param result with indices of that split
   * @return by example; empty if there was no mistake
   * @throws org.anodespark.jobs.failure.JobFailure as thrown on an executor, and with exit code 5
   *     if Spark gave up
   */
  public static Map<Integer, RawImage> read(
      JavaSparkContext spark, RawImages images, Classification result) {
    List<Integer> examples = wanted(result);
    if (examples.isEmpty()) {
      return Map.of();
    }
    int tasks = Math.min(examples.size(), spark.defaultParallelism());
    spark.setJobGroup("evaluate", "images of the commonest mistakes", true);
    List<RawImage> read;
    try {
      read =
          SparkWork.run(
              "Reading the images that were mistaken",
              () ->
                  spark
                      .parallelize(examples, tasks)
                      .mapPartitions(
                          ofTask -> {
                            List<Integer> wanted = new ArrayList<>();
                            ofTask.forEachRemaining(wanted::add);
                            return images.read(wanted).iterator();
                          })
                      .collect());
    } finally {
      spark.clearJobGroup();
    }
    return byExample(examples, read);
  }

  /**
   * Reads the images of all samples, here.
   *
   * @param images of the split that was evaluated
   * @param result with indices of that split
   * @return by example; empty if there was no mistake
   * @throws UncheckedIOException if they cannot be read
   */
  public static Map<Integer, RawImage> read(RawImages images, Classification result) {
    List<Integer> examples = wanted(result);
    try {
      return byExample(examples, images.read(examples));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Integer> wanted(Classification result) {
    return result.commonestMistakes().stream()
        .flatMap(mistake -> mistake.samples().stream())
        .map(Mistake.Sample::example)
        .toList();
  }

  private static Map<Integer, RawImage> byExample(List<Integer> examples, List<RawImage> read) {
    Map<Integer, RawImage> byExample = new HashMap<>();
    for (int i = 0; i < examples.size(); i++) {
      byExample.put(examples.get(i), read.get(i));
    }
    return byExample;
  }
}
