/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.data;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.anodespark.jobs.config.DataSettings;
import org.anodespark.jobs.config.DownloadSettings;
import org.anodespark.jobs.data.download.ArchiveDownload;
import org.anodespark.jobs.data.download.OfficialArchive;
import org.anodespark.jobs.data.download.RetryPolicy;
import org.anodespark.jobs.failure.JobFailure;
import org.anodespark.jobs.failure.Reason;
import org.anodespark.jobs.files.HadoopPaths;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * Makes shards and their manifest from the built-in images, CIFAR or MNIST, as one step: the folder
 * {@code data.path} is there with all its files, or it is not there.
 */
public final class Preparation {
  /** A shard can be held in one Java array. */
  private static final int MOST_RECORDS_PER_SHARD = 600_000;

  private final Configuration hadoop;
  private final Consumer<String> progress;
  private final Downloads downloads;

  /** Where {@code data.source = download} gets its archive from. */
  @FunctionalInterface
  interface Downloads {
    java.nio.file.Path fetch(DownloadSettings settings);
  }

  /**
   * Does nothing yet.
   *
   * @param hadoop settings of the file systems
   * @param progress gets a line of text now and then
   */
  public Preparation(Configuration hadoop, Consumer<String> progress) {
    this(hadoop, progress, settings -> download(settings, progress));
  }

  Preparation(Configuration hadoop, Consumer<String> progress, Downloads downloads) {
    this.hadoop = hadoop;
    this.progress = progress;
    this.downloads = downloads;
  }

  /**
   * Makes the data set.
   *
   * @param data where images come from and where shards go
   * @param seed of the built-in images, and of the choice of validation images
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
    try {
      // before anything is fetched or read
      ShardFolder.requireFree(target, hadoop);
      try (ImageSource source = source(data, seed)) {
        progress.accept("Preparing " + source.description().name() + " from " + data.source());
        return data.validation() == 0
            ? prepare(source, List.of(SplitName.TRAIN, SplitName.TEST), target, data)
            : prepare(
                HoldOutSource.of(source, data.validation(), seed),
                List.of(SplitName.values()),
                target,
                data);
      }
    } catch (IOException e) {
      throw HadoopPaths.failure(
          String.format(
              "Preparing %s in %s failed (%s): see that data.source and data.path are the right ones, on file systems that are reachable and accept files, and prepare again.",
              data.source(), target, Reason.of(e)),
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

  private Manifest prepare(
      ImageSource source, List<SplitName> splits, Path target, DataSettings data)
      throws IOException {
    PreparationPlan plan =
        new PreparationPlan(
            Manifest.FORMAT_VERSION,
            source.description(),
            source.identity(),
            data.recordsPerShard(),
            splits);
    try (ShardFolder folder = ShardFolder.open(target, plan.toBytes(), hadoop, progress)) {
      try {
        Manifest manifest = fill(folder, source, splits, data.recordsPerShard());
        folder.publish(manifest);
        return manifest;
      } catch (IOException e) {
        if (folder.isGone()) {
          throw takenOver(target, e);
        }
        throw e;
      }
    }
  }

  private static JobFailure takenOver(Path target, IOException cause) {
    return JobFailure.badConfiguration(
        "data.path "
            + target
            + " is being prepared by another process, which began later: wait for it.",
        cause);
  }

  private Manifest fill(
      ShardFolder folder, ImageSource source, List<SplitName> splits, int recordsPerShard)
      throws IOException {
    DataSetDescription description = source.description();
    Map<SplitName, Manifest.Split> written = new EnumMap<>(SplitName.class);
    Map<SplitName, ChannelHistogram> pixels = new EnumMap<>(SplitName.class);
    for (SplitName split : splits) {
      ShardWriter writer =
          new ShardWriter(folder, split, description.layout(), recordsPerShard, hadoop);
      try (ImageSource.RecordReader records = source.open(split)) {
        written.put(split, writer.copy(records));
      }
      pixels.put(split, writer.histogram());
      report(split, written.get(split), writer.kept());
    }
    ChannelHistogram trainPixels = pixels.get(SplitName.TRAIN);
    trainPixels.requireVaryingChannels();
    Manifest manifest =
        new Manifest(
            Manifest.FORMAT_VERSION,
            description.name(),
            description.builtin(),
            description.note(),
            description.seed(),
            description.layout(),
            trainPixels.means(),
            trainPixels.standardDeviations(),
            written.get(SplitName.TRAIN),
            written.get(SplitName.VALIDATION),
            written.get(SplitName.TEST));
    try (OutputStream out = folder.create(Manifest.FILE_NAME)) {
      out.write(ManifestFile.toBytes(manifest));
    }
    return manifest;
  }

  private void report(SplitName name, Manifest.Split split, int kept) {
    int shards = split.shards().size();
    progress.accept(
        String.format(
            "  %s: %d images in %d %s%s",
            name.text(),
            split.examples(),
            shards,
            shards == 1 ? "shard" : "shards",
            kept == 0 ? "" : ", " + kept + " kept from the interrupted preparation"));
  }

  private ImageSource source(DataSettings data, long seed) throws IOException {
    if (data.source().equals(DataSettings.BUILTIN)) {
      return new BuiltinSource(seed, data.builtinTrain(), data.builtinTest());
    }
    if (data.source().equals(DataSettings.DOWNLOAD)) {
      return CifarSource.open(new Path(downloads.fetch(data.download()).toUri()), hadoop);
    }
    Path source = HadoopPaths.parse("data.source", data.source());
    return IdxSource.isAt(source, hadoop)
        ? IdxSource.open(source, hadoop)
        : CifarSource.open(source, hadoop);
  }

  private static java.nio.file.Path download(DownloadSettings settings, Consumer<String> progress) {
    Path folder = HadoopPaths.parse("data.download.folder", settings.folder());
    String scheme = folder.toUri().getScheme();
    if (scheme != null && !scheme.equals("file")) {
      throw JobFailure.badConfiguration(
          "data.download.folder is " + folder + ", expected a folder on this machine.");
    }
    return new ArchiveDownload(
            URI.create(settings.url()),
            java.nio.file.Path.of(folder.toUri().getPath()),
            RetryPolicy.STANDARD,
            progress)
        .fetch(
            settings.set().equals("cifar100")
                ? OfficialArchive.CIFAR_100
                : OfficialArchive.CIFAR_10);
  }
}
