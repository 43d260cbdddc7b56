/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.train;

import java.util.function.Consumer;
import org.anodespark.jobs.config.DataSettings;
import org.anodespark.jobs.config.Settings;
import org.anodespark.jobs.data.Augmentation;
import org.anodespark.jobs.data.Manifest;
import org.anodespark.jobs.data.MinibatchDescriptor;
import org.anodespark.jobs.data.Preparation;
import org.anodespark.jobs.data.ShardDataSetLoader;
import org.anodespark.jobs.data.SplitName;
import org.anodespark.jobs.model.ExampleFormat;
import org.anodespark.jobs.plan.Minibatch;
import org.anodespark.jobs.plan.Seeds;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** Finds the shards that the settings name, and makes the built-in ones when they are missing. */
final class ShardedTrainingData {
  private ShardedTrainingData() {}

  /**
   * Reads the manifest at {@code data.path}.
   *
   * @param progress is given lines for the user when the built-in images are made
   * @throws org.anodespark.jobs.failure.JobFailure with exit code 2 when there is none or it does
   *     not fit the settings
   */
  static TrainingData open(Settings settings, Configuration hadoop, Consumer<String> progress) {
    DataSettings data = settings.data();
    Path path = new Path(data.path());
    Manifest prepared = new Preparation(hadoop, progress).open(data, settings.seed());
    ExampleFormat format = format(prepared.exampleFormat(data.labels()), data);
    Manifest manifest = prepared.normalisedAs(format);
    ShardDataSetLoader loader =
        new ShardDataSetLoader(
            manifest,
            path,
            data.labels(),
            data.cacheMebibytes(),
            new Augmentation(
                data.augmentFlip(), data.augmentCropPadding(), settings.train().labelSmoothing()),
            hadoop);
    return new TrainingData(
        new DataSetFacts(manifest.name(), manifest.builtin()),
        format,
        limited(manifest.train().examples(), data.trainLimit()),
        limited(manifest.test().examples(), data.testLimit()),
        loader,
        (epoch, minibatch) -> train(settings.seed(), epoch, minibatch),
        minibatch -> notAugmented(SplitName.TEST, minibatch),
        manifest.validation().examples(),
        minibatch -> notAugmented(SplitName.VALIDATION, minibatch),
        loader.rawImages(SplitName.TEST));
  }

  private static ExampleFormat format(ExampleFormat standardized, DataSettings data) {
    return data.scaling().equals(DataSettings.UNIT_INTERVAL)
        ? standardized.inUnitInterval()
        : standardized;
  }

  private static int limited(int examples, int limit) {
    return limit == 0 ? examples : Math.min(limit, examples);
  }

  private static String train(long seed, int epoch, Minibatch minibatch) {
    return new MinibatchDescriptor(
            SplitName.TRAIN,
            Seeds.ofAugmentation(seed, epoch, minibatch.number()),
            minibatch.examples())
        .encode();
  }

  private static String notAugmented(SplitName split, Minibatch minibatch) {
    return new MinibatchDescriptor(split, 0, minibatch.examples()).encode();
  }
}
