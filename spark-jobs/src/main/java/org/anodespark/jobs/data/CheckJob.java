/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.data;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.anodespark.jobs.files.HadoopPaths;
import org.anodespark.jobs.job.Job;
import org.anodespark.jobs.job.JobContext;
import org.anodespark.jobs.run.RunRecorder;
import org.apache.hadoop.fs.Path;

/**
 * The job {@code check}: the executors read every shard at {@code data.path} again, and what they
 * find is held against the manifest. Nothing is changed.
 */
public final class CheckJob implements Job {
  @Override
  public void run(JobContext context) {
    RunRecorder.record(context, recorder -> check(context, recorder));
  }

  private static void check(JobContext context, RunRecorder recorder) {
    Path dataPath = HadoopPaths.parse("data.path", context.settings().data().path());
    Manifest manifest = ManifestFile.readAlone(dataPath, context.hadoop());
    DataSetFindings findings =
        new DataSetCheck(manifest, dataPath, context.hadoop()).read(context.spark().get());
    recorder.details(() -> CheckSummary.of(dataPath, manifest, findings));
    findings.requireSound();
    table(dataPath, manifest, findings).forEach(context.out()::println);
  }

  private static List<String> table(Path dataPath, Manifest manifest, DataSetFindings findings) {
    List<RecordLayout.LabelField> labels = manifest.layout().labels();
    List<String> lines = new ArrayList<>();
    lines.add("Data set " + manifest.name() + " in " + dataPath + " is as its manifest says:");
    lines.add(
        row(
            "split",
            "shards",
            "images",
            labels.stream()
                .map(
                    label ->
                        label.name().equals("label")
                            ? "images per class"
                            : "images per " + label.name() + " class")
                .toList()));
    for (SplitName split : manifest.splits()) {
      lines.add(
          row(
              split.text(),
              String.valueOf(manifest.split(split).shards().size()),
              String.valueOf(manifest.split(split).examples()),
              labels.stream().map(label -> Range.of(findings, split, label).text()).toList()));
    }
    lines.add("Mean of the channels: " + numbers(findings.means()));
    lines.add("Standard deviation:   " + numbers(findings.standardDeviations()));
    return lines;
  }

  private static String row(String split, String shards, String images, List<String> classes) {
    return String.format(Locale.ROOT, "  %-10s %6s %8s", split, shards, images)
        + classes.stream()
            .map(text -> String.format(Locale.ROOT, "  %23s", text))
            .collect(Collectors.joining());
  }

  private static String numbers(List<Double> values) {
    return values.stream()
        .map(value -> String.format(Locale.ROOT, "%.4f", value))
        .collect(Collectors.joining(", "));
  }

  /** Images of the rarest and of the most frequent class. */
  private record Range(int least, int most) {
    static Range of(DataSetFindings findings, SplitName split, RecordLayout.LabelField label) {
      List<Integer> counts = findings.classCounts(split, label);
      return new Range(Collections.min(counts), Collections.max(counts));
    }

    String text() {
      return least == most ? String.valueOf(least) : least + " to " + most;
    }
  }

  /** A shard that is not as the manifest says. */
  private record DamagedShard(String file, String problem) {}

  /** One part of the data set: its size, and for each label the balance of its classes. */
  private record SplitSummary(int shards, int examples, Map<String, Range> examplesPerClass) {}

  /**
   * What a check adds to {@code summary.json}: what is wrong with shards, or what sound ones hold.
   * The other part is null.
   */
  private record CheckSummary(
      String dataPath,
      String dataSet,
      boolean builtin,
      Map<String, SplitSummary> splits,
      List<Double> mean,
      List<Double> standardDeviation,
      List<DamagedShard> damagedShards) {
    static CheckSummary of(Path dataPath, Manifest manifest, DataSetFindings findings) {
      String path = dataPath.toString();
      List<DamagedShard> damaged =
          findings.damaged().stream()
              .map(shard -> new DamagedShard(shard.file(), shard.problem()))
              .toList();
      if (!damaged.isEmpty()) {
        return new CheckSummary(
            path, manifest.name(), manifest.builtin(), null, null, null, damaged);
      }
      Map<String, SplitSummary> splits = new LinkedHashMap<>();
      for (SplitName split : manifest.splits()) {
        Map<String, Range> ranges = new LinkedHashMap<>();
        for (RecordLayout.LabelField label : manifest.layout().labels()) {
          ranges.put(label.name(), Range.of(findings, split, label));
        }
        splits.put(
            split.text(),
            new SplitSummary(
                manifest.split(split).shards().size(), manifest.split(split).examples(), ranges));
      }
      return new CheckSummary(
          path,
          manifest.name(),
          manifest.builtin(),
          splits,
          findings.means(),
          findings.standardDeviations(),
          null);
    }
  }
}
