/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.data;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.anodespark.jobs.failure.JobFailure;
import org.apache.hadoop.fs.Path;

/** What all shards of a data set were found to hold, beside what the manifest says of them. */
final class DataSetFindings {
  /** Other programs may add up means in another order. */
  private static final double STATISTICS_TOLERANCE = 1e-9;

  private final Manifest manifest;
  private final Path dataPath;
  private final List<ShardFindings> shards;
  private final Map<SplitName, ClassCounts> classCounts = new EnumMap<>(SplitName.class);
  private final ChannelHistogram trainPixels;

  /**
   * Adds the findings up.
   *
   * @param shards one for each shard of the manifest, in any order
   */
  DataSetFindings(Manifest manifest, Path dataPath, List<ShardFindings> shards) {
    this.manifest = manifest;
    this.dataPath = dataPath;
    this.shards =
        shards.stream()
            .sorted(Comparator.comparing(ShardFindings::split).thenComparing(ShardFindings::file))
            .toList();
    this.trainPixels = new ChannelHistogram(manifest.layout());
    for (SplitName split : manifest.splits()) {
      classCounts.put(split, new ClassCounts(manifest.layout()));
    }
    for (ShardFindings shard : this.shards) {
      classCounts.get(shard.split()).add(shard.classCounts());
      if (shard.split() == SplitName.TRAIN) {
        trainPixels.add(shard.histogram());
      }
    }
  }

  /** The shards that are not as the manifest says, in the manifest's order. */
  List<ShardFindings> damaged() {
    return shards.stream().filter(shard -> shard.problem() != null).toList();
  }

  /** How many examples of the split each class of a label has. */
  List<Integer> classCounts(SplitName split, RecordLayout.LabelField label) {
    return classCounts.get(split).of(label);
  }

  /** Mean of each channel over the train split, a pixel being 0 to 1. */
  List<Double> means() {
    return trainPixels.means();
  }

  /** Standard deviation of each channel over the train split, likewise. */
  List<Double> standardDeviations() {
    return trainPixels.standardDeviations();
  }

  /**
   * Returns if everything is as the manifest says.
   *
   * @throws JobFailure exit code 2, naming every damaged shard, or what the manifest says wrongly
   *     of whole ones
   */
  void requireSound() {
    List<ShardFindings> damaged = damaged();
    if (!damaged.isEmpty()) {
      throw JobFailure.badConfiguration(
          String.format(
              "%d of the %d shards in %s %s not as the manifest says: %s; prepare the data set"
                  + " again.",
              damaged.size(),
              shards.size(),
              dataPath,
              damaged.size() == 1 ? "is" : "are",
              damaged.stream()
                  .map(shard -> shard.file() + " " + shard.problem())
                  .collect(Collectors.joining("; "))));
    }
    List<String> lies = new ArrayList<>();
    for (SplitName split : manifest.splits()) {
      for (RecordLayout.LabelField label : manifest.layout().labels()) {
        wrongCount(split, label).ifPresent(lies::add);
      }
    }
    wrongStatistic("mean", manifest.mean(), means()).ifPresent(lies::add);
    wrongStatistic("standard_deviation", manifest.standardDeviation(), standardDeviations())
        .ifPresent(lies::add);
    if (!lies.isEmpty()) {
      throw JobFailure.badConfiguration(
          String.format(
              "%s does not describe its shards: %s; prepare the data set again.",
              new Path(dataPath, Manifest.FILE_NAME), String.join("; ", lies)));
    }
  }

  private Optional<String> wrongCount(SplitName split, RecordLayout.LabelField label) {
    List<Integer> found = classCounts(split, label);
    List<Integer> said = manifest.split(split).classCounts().get(label.name());
    return IntStream.range(0, found.size())
        .filter(k -> !found.get(k).equals(said.get(k)))
        .mapToObj(
            k ->
                String.format(
                    "%s.class_counts.%s says %d of class %d (%s), the shards hold %d",
                    split.text(),
                    label.name(),
                    said.get(k),
                    k,
                    label.classes().get(k),
                    found.get(k)))
        .findFirst();
  }

  private static Optional<String> wrongStatistic(
      String name, List<Double> said, List<Double> found) {
    return IntStream.range(0, found.size())
        .filter(
            channel -> !(Math.abs(said.get(channel) - found.get(channel)) <= STATISTICS_TOLERANCE))
        .mapToObj(
            channel ->
                String.format(
                    "%s says %s for channel %d, the train shards have %s",
                    name, said.get(channel), channel, found.get(channel)))
        .findFirst();
  }
}
