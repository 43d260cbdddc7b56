/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.data;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.anodespark.jobs.failure.JobFailure;
import org.apache.hadoop.fs.Path;

/** Holds the parts of a manifest against each other, so that all other code may rely on them. */
final class ManifestCheck {
  /** A plain name: a manifest must not lead out of its folder. */
  private static final Pattern SHARD_NAME = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]*");

  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
  private static final int MOST_CLASSES = 256;

  private final Path file;
  private final Set<String> shardNames = new HashSet<>();

  private ManifestCheck(Path file) {
    this.file = file;
  }

  /**
   * Returns if the manifest is consistent.
   *
   * @param file where it was read from, for the message
   * @throws JobFailure if it is not
   */
  static void check(Manifest manifest, Path file) {
    ManifestCheck check = new ManifestCheck(file);
    check.layout(manifest.layout());
    check.statistics(manifest);
    for (SplitName split : manifest.splits()) {
      check.split(manifest.split(split), split.text(), manifest.layout());
    }
  }

  private void layout(RecordLayout layout) {
    require(layout.height() > 0, "layout.height", layout.height(), "1 or more");
    require(layout.width() > 0, "layout.width", layout.width(), "1 or more");
    require(layout.channels() > 0, "layout.channels", layout.channels(), "1 or more");
    require(!layout.labels().isEmpty(), "the number of layout.labels", 0, "1 or more");
    long bytes =
        layout.labels().size() + (long) layout.channels() * layout.height() * layout.width();
    require(layout.recordBytes() == bytes, "layout.record_bytes", layout.recordBytes(), bytes);
    for (int i = 0; i < layout.labels().size(); i++) {
      RecordLayout.LabelField label = layout.labels().get(i);
      require(label.offset() == i, "the offset of label " + label.name(), label.offset(), i);
      int classes = label.classes().size();
      require(
          classes >= 1 && classes <= MOST_CLASSES,
          "the number of classes of label " + label.name(),
          classes,
          "1 to " + MOST_CLASSES);
    }
  }

  private void statistics(Manifest manifest) {
    int channels = manifest.layout().channels();
    require(
        manifest.mean().size() == channels, "the length of mean", manifest.mean().size(), channels);
    require(
        manifest.standardDeviation().size() == channels,
        "the length of standard_deviation",
        manifest.standardDeviation().size(),
        channels);
    for (double mean : manifest.mean()) {
      require(mean >= 0 && mean <= 1, "a value of mean", mean, "0 to 1");
    }
    for (double deviation : manifest.standardDeviation()) {
      require(
          deviation > 0 && deviation <= 1,
          "a value of standard_deviation",
          deviation,
          "more than 0, at most 1");
    }
  }

  private void split(Manifest.Split split, String name, RecordLayout layout) {
    require(split.examples() > 0, name + ".examples", split.examples(), "1 or more");
    long records = 0;
    for (Manifest.Shard shard : split.shards()) {
      String shardName = name + " shard " + shard.file();
      require(
          SHARD_NAME.matcher(shard.file()).matches(),
          "a file name of " + name + ".shards",
          '"' + shard.file() + '"',
          "a plain file name");
      require(shardNames.add(shard.file()), "a second mention of " + shardName, "there", "one");
      require(shard.records() > 0, shardName + ": records", shard.records(), "1 or more");
      long bytes = (long) shard.records() * layout.recordBytes();
      require(shard.bytes() == bytes, shardName + ": bytes", shard.bytes(), bytes);
      require(
          SHA256.matcher(shard.sha256()).matches(),
          shardName + ": sha256",
          '"' + shard.sha256() + '"',
          "64 lower-case hexadecimal digits");
      records += shard.records();
    }
    require(
        records == split.examples(),
        "the sum of records in " + name + ".shards",
        records,
        name + ".examples, " + split.examples());
    List<String> labels = layout.labels().stream().map(RecordLayout.LabelField::name).toList();
    require(
        List.copyOf(split.classCounts().keySet()).equals(labels),
        "the labels of " + name + ".class_counts",
        split.classCounts().keySet(),
        labels);
    for (RecordLayout.LabelField label : layout.labels()) {
      List<Integer> counts = split.classCounts().get(label.name());
      String countsName = name + ".class_counts." + label.name();
      require(
          counts.size() == label.classes().size(),
          "the length of " + countsName,
          counts.size(),
          label.classes().size());
      long sum = counts.stream().mapToLong(Integer::longValue).sum();
      require(
          sum == split.examples(),
          "the sum of " + countsName,
          sum,
          name + ".examples, " + split.examples());
    }
  }

  private void require(boolean holds, String what, Object found, Object expected) {
    if (!holds) {
      throw JobFailure.badConfiguration(
          String.format(
              "%s contradicts itself: %s is %s, expected %s; prepare the data set again.",
              file, what, found, expected));
    }
  }
}
