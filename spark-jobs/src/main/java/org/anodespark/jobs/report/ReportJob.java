/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.anodespark.jobs.config.ReportSettings;
import org.anodespark.jobs.failure.JobFailure;
import org.anodespark.jobs.failure.Reason;
import org.anodespark.jobs.files.AtomicFile;
import org.anodespark.jobs.files.HadoopPaths;
import org.anodespark.jobs.job.Job;
import org.anodespark.jobs.job.JobContext;
import org.anodespark.jobs.run.RecordedRun;
import org.anodespark.jobs.run.RunDirectory;
import org.anodespark.jobs.run.RunRecorder;
import org.apache.hadoop.conf.Configuration;
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
    Path path = HadoopPaths.parse("report.output", output);
    try {
      FileContext files = FileContext.getFileContext(path.toUri(), hadoop);
      if (files.util().exists(path) && files.getFileStatus(path).isDirectory()) {
        throw JobFailure.badConfiguration(
            "report.output is %s, which is a folder: expected a file to write.".formatted(output));
      }
      AtomicFile.write(
          files,
          path,
          out -> out.write(html.getBytes(StandardCharsets.UTF_8)),
          Options.Rename.OVERWRITE);
      return files.makeQualified(path).toString();
    } catch (IOException e) {
      throw HadoopPaths.failure(
          "The report %s cannot be written (%s): set report.output to a file that you may write."
              .formatted(output, Reason.of(e)),
          e);
    }
  }
}
