/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.data;

import java.io.IOException;
import java.io.OutputStream;
import java.util.function.Consumer;
import org.anodespark.jobs.config.DataSettings;
import org.anodespark.jobs.failure.JobFailure;
import org.anodespark.jobs.files.HadoopPaths;
import org.anodespark.jobs.files.StagedFolder;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * Makes shards and their manifest from the built-in images or from CIFAR, as one step: the folder
 * {@code data.path} is there with all its files, or it is not there.
 */
public final class Preparation {
  /** A shard can be held in one Java array. */
  private static final int MOST_RECORDS_PER_SHARD = 600_000;

  private final Configuration hadoop;
  private final Consumer<String> progress;

  /**
   * Does nothing yet.
   *
   * @param hadoop settings of the file systems
   * @param progress gets a line of text now and then
   */
  public Preparation(Configuration hadoop, Consumer<String> progress) {
    this.hadoop = hadoop;
    this.progress = progress;
  }

  /**
   * Makes the data set.
   *
   * @param data where images come from and where shards go
   * @param seed seed of the built-in images
   * @return what was written
   * @throws JobFailure if {@code data.path} holds something already, the source is missing or
   *     damaged, or a file system refuses; {@code data.path} is then as it was
   */
  public Manifest prepare(DataSettings data, long seed) {
    if (data.recordsPerShard() < 1 || data.recordsPerShard() > MOST_RECORDS_PER_SHARD) {
      throw JobFailure.badConfiguration(
          String.format(
              "data.records-per-shard is %d, expected 1 to %d.",
              data.recordsPerShard(), MOST_RECORDS_PER_SHARD));
    }
    Path target = HadoopPaths.parse("data.path", data.path());
    try (StagedFolder folder = StagedFolder.create("data.path", target, hadoop)) {
      Manifest manifest = fill(folder, data, seed);
      folder.publish();
      return manifest;
    } catch (IOException e) {
      throw JobFailure.badConfiguration(
          String.format(
              "Preparing %s in %s failed: %s.", data.source(), target, HadoopPaths.reason(e)),
          e);
    }
  }

  /**
   * The data set at {@code data.path}. Where that is the default folder of the built-in images and
   * nothing is there, they are made.
   *
   * @throws JobFailure if there is none, or as {@link #prepare} throws it
   */
  public Manifest open(DataSettings data, long seed) {
    Path path = HadoopPaths.parse("data.path", data.path());
    // no other folder: a mistyped data.path must not be filled with drawn images
    boolean defaultFolder =
        data.source().equals(DataSettings.BUILTIN)
            && path.getName().startsWith(DataSettings.BUILTIN + "-");
    return defaultFolder && !Manifest.existsAt(path, hadoop)
        ? prepare(data, seed)
        : Manifest.read(path, hadoop);
  }

  private Manifest fill(StagedFolder folder, DataSettings data, long seed) throws IOException {
    try (ImageSource source = source(data, seed)) {
      DataSetDescription description = source.description();
      progress.accept("Preparing " + description.name() + " from " + data.source());
      ChannelHistogram histogram = new ChannelHistogram(description.layout());
      Manifest.Split train =
          write(source, SplitName.TRAIN, folder, data.recordsPerShard(), histogram::add);
      Manifest.Split test =
          write(source, SplitName.TEST, folder, data.recordsPerShard(), record -> {});
      Manifest manifest =
          new Manifest(
              Manifest.FORMAT_VERSION,
              description.name(),
              description.builtin(),
              description.note(),
              description.seed(),
              description.layout(),
              histogram.means(),
              histogram.standardDeviations(),
              train,
              test);
      try (OutputStream out =
          folder.fileSystem().create(new Path(folder.path(), Manifest.FILE_NAME), false)) {
        out.write(ManifestFile.toBytes(manifest));
      }
      return manifest;
    }
  }

  private ImageSource source(DataSettings data, long seed) throws IOException {
    if (data.source().equals(DataSettings.BUILTIN)) {
      return new BuiltinSource(seed, data.builtinTrain(), data.builtinTest());
    }
    return CifarSource.open(HadoopPaths.parse("data.source", data.source()), hadoop);
  }

  private Manifest.Split write(
      ImageSource source,
      SplitName split,
      StagedFolder folder,
      int recordsPerShard,
      Consumer<byte[]> each)
      throws IOException {
    RecordLayout layout = source.description().layout();
    byte[] record = new byte[layout.recordBytes()];
    try (ImageSource.RecordReader records = source.open(split);
        ShardWriter writer =
            new ShardWriter(folder.fileSystem(), folder.path(), split, layout, recordsPerShard)) {
      while (records.read(record)) {
        writer.write(record);
        each.accept(record);
      }
      Manifest.Split written = writer.finish();
      progress.accept(
          String.format(
              "  %s: %d images in %d %s",
              split.text(),
              written.examples(),
              written.shards().size(),
              written.shards().size() == 1 ? "shard" : "shards"));
      return written;
    }
  }
}
