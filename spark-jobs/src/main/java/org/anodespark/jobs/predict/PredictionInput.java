/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.predict;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.anodespark.jobs.config.PredictSettings;
import org.anodespark.jobs.config.Settings;
import org.anodespark.jobs.data.Augmentation;
import org.anodespark.jobs.data.Manifest;
import org.anodespark.jobs.data.MinibatchDescriptor;
import org.anodespark.jobs.data.ShardDataSetLoader;
import org.anodespark.jobs.data.SplitName;
import org.anodespark.jobs.failure.JobFailure;
import org.anodespark.jobs.failure.Reason;
import org.anodespark.jobs.files.HadoopPaths;
import org.anodespark.jobs.model.ExampleFormat;
import org.anodespark.jobs.plan.EvaluationPlan;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The images that the setting {@code predict.input} names.
 *
 * @param batches of their names or numbers, in order, at least one
 * @param images how many there are in all batches
 * @param loader makes images of a batch
 */
record PredictionInput(List<String[]> batches, int images, BatchLoader loader) {
  private static final String KEY = "predict.input";

  /**
   * Finds the images, but opens none.
   *
   * @param format that the network takes
   * @throws JobFailure with exit code 2 if there are none, or shards do not fit the network; 3 if
   *     the file system fails
   */
  static PredictionInput find(Settings settings, ExampleFormat format, Configuration hadoop) {
    PredictSettings predict = settings.predict();
    if (predict.input().isEmpty()) {
      throw JobFailure.badConfiguration(
          KEY + " is empty: expected a folder of PNG and JPEG files or of shards.");
    }
    Path path = HadoopPaths.parse(KEY, predict.input());
    if (Manifest.existsAt(path, hadoop)) {
      return ofShards(path, settings, format, hadoop);
    }
    if (format.channels() != 1 && format.channels() != 3) {
      throw JobFailure.badConfiguration(
          ("The network takes images of %d channels, but those of PNG and JPEG files have 1 or"
                  + " 3: set %s to a folder of shards.")
              .formatted(format.channels(), KEY));
    }
    List<String> files = files(path, hadoop);
    List<String[]> batches = new ArrayList<>();
    for (int i = 0; i < files.size(); i += predict.batchSize()) {
      batches.add(
          files.subList(i, Math.min(files.size(), i + predict.batchSize())).toArray(String[]::new));
    }
    return new PredictionInput(
        batches, files.size(), new FileBatches(format, predict.resize(), hadoop));
  }

  private static PredictionInput ofShards(
      Path path, Settings settings, ExampleFormat format, Configuration hadoop) {
    Manifest manifest = Manifest.read(path, hadoop);
    if (manifest.layout().height() != format.height()
        || manifest.layout().width() != format.width()
        || manifest.layout().channels() != format.channels()) {
      throw JobFailure.badConfiguration(
          ("%s is %s, whose images are %dx%d pixels in %d channels, but the network takes"
                  + " %dx%d pixels in %d channels: set it to shards of such images, or"
                  + " predict.model to a network for these.")
              .formatted(
                  KEY,
                  path,
                  manifest.layout().height(),
                  manifest.layout().width(),
                  manifest.layout().channels(),
                  format.height(),
                  format.width(),
                  format.channels()));
    }
    SplitName split = SplitName.of(settings.predict().split()).orElseThrow();
    int images = manifest.split(split).examples();
    List<String[]> batches =
        EvaluationPlan.inOrder(images, settings.predict().batchSize()).minibatches().stream()
            .map(batch -> new MinibatchDescriptor(split, 0, batch.examples()).encode())
            .map(descriptor -> new String[] {descriptor})
            .toList();
    return new PredictionInput(
        batches,
        images,
        new ShardBatches(
            manifest,
            new ShardDataSetLoader(
                manifest.normalisedAs(format),
                path,
                // the labels are not looked at
                manifest.layout().labels().get(0).name(),
                settings.data().cacheMebibytes(),
                Augmentation.NONE,
                hadoop)));
  }

  private static List<String> files(Path path, Configuration hadoop) {
    List<String> files;
    try {
      FileSystem fileSystem = HadoopPaths.fileSystem(path, hadoop);
      FileStatus[] found =
          fileSystem.exists(path) ? fileSystem.listStatus(path) : fileSystem.globStatus(path);
      files =
          Arrays.stream(found == null ? new FileStatus[0] : found)
              .filter(FileStatus::isFile)
              .map(FileStatus::getPath)
              .filter(file -> !file.getName().startsWith(".") && !file.getName().startsWith("_"))
              .map(Path::toString)
              .sorted()
              .toList();
    } catch (IOException e) {
      throw HadoopPaths.failure(
          "%s is %s, which cannot be listed (%s): see that it is the right one, on a file system that is reachable."
              .formatted(KEY, path, Reason.of(e)),
          e);
    }
    if (files.isEmpty()) {
      throw JobFailure.badConfiguration(
          "%s is %s, where there are no files: expected PNG or JPEG files, or shards."
              .formatted(KEY, path));
    }
    return files;
  }
}
