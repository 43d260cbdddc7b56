/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.anodespark.jobs.config.DataSettings;
import org.anodespark.jobs.job.Job;
import org.anodespark.jobs.job.JobContext;
import org.anodespark.jobs.run.RunRecorder;

/**
 * The job {@code prepare}: makes shards and a manifest at {@code data.path}. It needs no Spark: the
 * driver alone reads and writes.
 */
public final class PrepareJob implements Job {
  @Override
  public void run(JobContext context) {
    RunRecorder.record(context, recorder -> prepare(context, recorder));
  }

  private static void prepare(JobContext context, RunRecorder recorder) {
    DataSettings data = context.settings().data();
    Manifest manifest =
        new Preparation(context.hadoop(), context.out()::println)
            .prepare(data, context.settings().seed());
    recorder.details(() -> new PreparationSummary(data.path(), manifest));
    report(manifest, data.path()).forEach(context.out()::println);
  }

  private static List<String> report(Manifest manifest, String path) {
    RecordLayout layout = manifest.layout();
    List<String> lines = new ArrayList<>();
    lines.add(
        String.format(
            Locale.ROOT,
            "Data set %s is in %s: %s and %d test images of %dx%d pixels",
            manifest.name(),
            path,
            manifest.splits().stream()
                .filter(split -> split != SplitName.TEST)
                .map(split -> manifest.split(split).examples() + " " + split.text())
                .collect(Collectors.joining(", ")),
            manifest.test().examples(),
            layout.height(),
            layout.width()));
    for (RecordLayout.LabelField label : layout.labels()) {
      lines.add(
          String.format(
              Locale.ROOT,
              "%d %sclasses: %s",
              label.classes().size(),
              layout.labels().size() == 1 ? "" : label.name() + " ",
              String.join(", ", label.classes())));
    }
    lines.add(manifest.note());
    return lines;
  }

  /** What a preparation adds to {@code summary.json}. */
  private record PreparationSummary(
      String dataPath,
      String dataSet,
      boolean builtin,
      int trainExamples,
      int validationExamples,
      int testExamples) {
    PreparationSummary(String dataPath, Manifest manifest) {
      this(
          dataPath,
          manifest.name(),
          manifest.builtin(),
          manifest.train().examples(),
          manifest.validation().examples(),
          manifest.test().examples());
    }
  }
}
