/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.data;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.io.IOException;
import java.io.Serializable;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.anodespark.jobs.failure.JobFailure;
import org.anodespark.jobs.failure.Reason;
import org.anodespark.jobs.files.HadoopPaths;
import org.anodespark.jobs.model.ExampleFormat;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * What {@code manifest.json} says of a prepared data set. {@code docs/data.md} describes the file.
 *
 * @param formatVersion {@link #FORMAT_VERSION}
 * @param name {@code cifar-10}, {@code cifar-100}, {@code mnist} or {@code builtin-shapes}
 * @param builtin whether the images were drawn by anode-spark
 * @param note one plain sentence on where the images come from
 * @param seed seed of the drawn images; null for others
 * @param layout how a record is laid out
 * @param mean mean of each channel over the train split, a pixel being 0 to 1
 * @param standardDeviation standard deviation of each channel over the train split, likewise
 * @param train the examples to learn from
 * @param validation the examples to decide by during training, such as when to stop; {@link
 *     Split#NONE} if none were held out, and never null
 * @param test the examples to judge by
 */
@JsonPropertyOrder({
  "format_version",
  "name",
  "builtin",
  "note",
  "seed",
  "layout",
  "mean",
  "standard_deviation",
  "train",
  "validation",
  "test"
})
public record Manifest(
    int formatVersion,
    String name,
    boolean builtin,
    String note,
    Long seed,
    RecordLayout layout,
    List<Double> mean,
    List<Double> standardDeviation,
    Split train,
    @JsonInclude(value = JsonInclude.Include.CUSTOM, valueFilter = NoSplit.class) Split validation,
    Split test)
    implements Serializable {

  /** The version of the format that this release reads and writes. */
  public static final int FORMAT_VERSION = 1;

  /** Name of the manifest in its folder. */
  public static final String FILE_NAME = "manifest.json";

  public Manifest {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(note, "note");
    Objects.requireNonNull(layout, "layout");
    mean = List.copyOf(Objects.requireNonNull(mean, "mean"));
    standardDeviation =
        List.copyOf(Objects.requireNonNull(standardDeviation, "standard_deviation"));
    Objects.requireNonNull(train, "train");
    // manifests without this split do not mention it
    validation = Objects.requireNonNullElse(validation, Split.NONE);
    Objects.requireNonNull(test, "test");
  }

  /**
   * One part of the data set. Example i of the split is record i, counted through its shards in
   * order.
   *
   * @param examples how many there are
   * @param classCounts for each label by name: how many examples each class has
   * @param shards the files in order
   */
  @JsonPropertyOrder({"examples", "class_counts", "shards"})
  public record Split(int examples, Map<String, List<Integer>> classCounts, List<Shard> shards)
      implements Serializable {
    /** A split that a data set does not have. */
    public static final Split NONE = new Split(0, Map.of(), List.of());

    public Split {
      Map<String, List<Integer>> copy = new LinkedHashMap<>();
      Objects.requireNonNull(classCounts, "class_counts")
          .forEach((label, counts) -> copy.put(label, List.copyOf(counts)));
      classCounts = Collections.unmodifiableMap(copy);
      shards = List.copyOf(Objects.requireNonNull(shards, "shards"));
    }
  }

  /**
   * One file of records.
   *
   * @param file its name in the manifest's folder
   * @param records how many it holds
   * @param bytes its length
   * @param sha256 its SHA-256, in lower-case hexadecimal digits
   */
  @JsonPropertyOrder({"file", "records", "bytes", "sha256"})
  public record Shard(String file, int records, long bytes, String sha256) implements Serializable {
    public Shard {
      Objects.requireNonNull(file, "file");
      Objects.requireNonNull(sha256, "sha256");
    }

    /** Number, within the shard, of the record that the byte at this position belongs to. */
    long recordAt(long position) {
      return position / (bytes / records);
    }
  }

  /**
   * What the numbers of a minibatch mean.
   *
   * @param labels the setting {@code data.labels}: which label to learn where records have two
   * @throws JobFailure if no label has that name
   */
  public ExampleFormat exampleFormat(String labels) {
    return new ExampleFormat(
        layout.height(),
        layout.width(),
        layout.channels(),
        mean,
        standardDeviation,
        layout.label(labels).classes());
  }

  /** This data set, normalised as another one: as a network wants it that was trained on that. */
  public Manifest normalisedAs(ExampleFormat format) {
    return new Manifest(
        formatVersion,
        name,
        builtin,
        note,
        seed,
        layout,
        format.mean(),
        format.standardDeviation(),
        train,
        validation,
        test);
  }

  /** Says to be equal to what Jackson is to leave out. */
  static final class NoSplit {
    @Override
    public boolean equals(Object value) {
      return value == null || value.equals(Split.NONE);
    }

    @Override
    public int hashCode() {
      return 0;
    }
  }

  /** Whether images were held out for a validation split. */
  public boolean hasValidation() {
    return !validation.equals(Split.NONE);
  }

  /** The parts that this data set has, in their order in the file. */
  public List<SplitName> splits() {
    return hasValidation()
        ? List.of(SplitName.TRAIN, SplitName.VALIDATION, SplitName.TEST)
        : List.of(SplitName.TRAIN, SplitName.TEST);
  }

  /** The split of that name; {@link Split#NONE} for a validation split that there is not. */
  public Split split(SplitName split) {
    return switch (split) {
      case TRAIN -> train;
      case VALIDATION -> validation;
      case TEST -> test;
    };
  }

  /**
   * Whether a folder holds a manifest, readable or not.
   *
   * @throws JobFailure if the file system cannot tell
   */
  public static boolean existsAt(Path dataPath, Configuration hadoop) {
    try {
      return HadoopPaths.fileSystem(dataPath, hadoop).exists(new Path(dataPath, FILE_NAME));
    } catch (IOException e) {
      throw HadoopPaths.failure(
          "The folder %s cannot be looked up (%s): see that it is the right one, on a file system that is reachable."
              .formatted(dataPath, Reason.of(e)),
          e);
    }
  }

  /**
   * Reads the manifest of a prepared data set and holds it against the shards that are there: their
   * number, names and lengths (their checksums are checked when they are read).
   *
   * @param dataPath the folder, on any Hadoop file system
   * @throws JobFailure if the manifest is missing or cannot be read, is of another version, its
   *     counts contradict each other, or a shard is missing or of the wrong length
   */
  public static Manifest read(Path dataPath, Configuration hadoop) {
    return ManifestFile.read(dataPath, hadoop);
  }
}
