/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.config;

import org.anodespark.jobs.failure.JobFailure;

/**
 * Section {@code data}.
 *
 * @param source {@link #BUILTIN}, {@link #DOWNLOAD}, the path of an archive or folder, or empty:
 *     the shards are there
 * @param download what {@link #DOWNLOAD} fetches
 * @param path folder of the shards; empty only where nothing filled in the default of {@link
 *     #BUILTIN} and {@link #DOWNLOAD}
 * @param recordsPerShard at least 1
 * @param validation train images to hold out, at least 0
 * @param labels {@code fine} or {@code coarse}
 * @param builtinTrain images, at least 1
 * @param builtinTest images, at least 1
 * @param cacheMebibytes at least 0
 * @param augmentFlip mirror half of the training images
 * @param augmentCropPadding pixels, 0 to 31
 * @param scaling {@link #STANDARDIZED} or {@link #UNIT_INTERVAL}
 * @param trainLimit most train images to learn from, at least 0; 0 is all
 * @param testLimit most test images to judge by in a training, at least 0; 0 is all
 */
public record DataSettings(
    String source,
    DownloadSettings download,
    String path,
    int recordsPerShard,
    int validation,
    String labels,
    int builtinTrain,
    int builtinTest,
    int cacheMebibytes,
    boolean augmentFlip,
    int augmentCropPadding,
    String scaling,
    int trainLimit,
    int testLimit) {
  /** The {@link #source} that stands for drawn images. */
  public static final String BUILTIN = "builtin";

  /** The {@link #source} that stands for an official archive, to be fetched. */
  public static final String DOWNLOAD = "download";

  /** The {@link #scaling} to mean 0 and deviation 1 over the train images, in each channel. */
  public static final String STANDARDIZED = "standardized";

  /** The {@link #scaling} from 0 for black to 1. */
  public static final String UNIT_INTERVAL = "unit-interval";

  static DataSettings from(SettingReader reader) {
    DataSettings data =
        new DataSettings(
            reader.text("data.source"),
            DownloadSettings.from(reader),
            reader.text("data.path"),
            reader.wholeNumber("data.records-per-shard", 1),
            reader.wholeNumber("data.validation", 0),
            reader.choice("data.labels", "fine", "coarse"),
            reader.wholeNumber("data.builtin.train", 1),
            reader.wholeNumber("data.builtin.test", 1),
            reader.wholeNumber("data.cache-mebibytes", 0),
            reader.flag("data.augment.flip"),
            reader.wholeNumber("data.augment.crop-padding", 0, 31),
            reader.choice("data.scaling", STANDARDIZED, UNIT_INTERVAL),
            reader.wholeNumber("data.limit.train", 0),
            reader.wholeNumber("data.limit.test", 0));
    if (data.path.isEmpty() && !data.hasDefaultPath()) {
      throw JobFailure.badConfiguration(
          String.format(
              "data.path is empty: expected the folder of the shards, which has a default only"
                  + " while data.source is %s or %s, and data.source is \"%s\".",
              BUILTIN, DOWNLOAD, data.source));
    }
    return data;
  }

  /** Whether the source alone says what the shards hold, so that their folder can have a name. */
  public boolean hasDefaultPath() {
    return source.equals(BUILTIN) || source.equals(DOWNLOAD);
  }
}
