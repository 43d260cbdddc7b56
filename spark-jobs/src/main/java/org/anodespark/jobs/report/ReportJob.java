/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.report;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import org.anodespark.jobs.config.ReportSettings;
import org.anodespark.jobs.failure.ExitCode;
import org.anodespark.jobs.failure.JobFailure;
import org.anodespark.jobs.job.Job;
import org.anodespark.jobs.job.JobContext;
import org.anodespark.jobs.run.RecordedRun;
import org.anodespark.jobs.run.RunDirectory;
import org.anodespark.jobs.run.RunRecorder;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.CreateFlag;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;

/** The job {@code report}: lays runs side by side. It needs no Spark. */
public final class ReportJob implements Job {
  /**
   * What the job adds to {@code summary.json}.
   *
   * @param runs addresses of the runs
   * @param report address of the page
   */
  record ReportSummary(List<String> runs, String report) {}

  @Override
  public void run(JobContext context) {
    ReportSettings settings = context.settings().report();
    if (settings.runs().isEmpty()) {
      throw JobFailure.badConfiguration(
          "report.runs is empty: expected the run directories to report on, e.g. --set"
              + " 'report.runs=[runs/first, runs/second]'.");
    }
    List<RecordedRun> runs =
        settings.runs().stream().map(path -> RecordedRun.read(context.hadoop(), path)).toList();
    RunRecorder.record(
        context,
        recorder -> {
          String html = ReportPage.of(runs);
          String address =
              settings.output().isEmpty()
                  ? write(recorder.directory(), html)
                  : write(context.hadoop(), settings.output(), html);
          recorder.details(
              () -> new ReportSummary(runs.stream().map(RecordedRun::location).toList(), address));
          context.out().println("Report: " + address);
        });
  }

  private static String write(RunDirectory directory, String html) {
    directory.write(ReportPage.FILE, html);
    return directory.location() + "/" + ReportPage.FILE;
  }

  private static String write(Configuration hadoop, String output, String html) {
    Path path = new Path(output);
    try {
      FileContext files = FileContext.getFileContext(path.toUri(), hadoop);
      try (OutputStream out =
          files.create(
              path,
              EnumSet.of(CreateFlag.CREATE, CreateFlag.OVERWRITE),
              Options.CreateOpts.createParent())) {
        out.write(html.getBytes(StandardCharsets.UTF_8));
      }
      return files.makeQualified(path).toString();
    } catch (IOException e) {
      throw new JobFailure(
          ExitCode.PREFLIGHT_FAILED,
          "The report %s cannot be written (%s): set report.output to a file that you may write."
              .formatted(output, e.getMessage()),
          e);
    }
  }
}
