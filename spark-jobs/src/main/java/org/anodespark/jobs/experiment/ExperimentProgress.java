/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.experiment;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import java.util.function.LongSupplier;
import org.anodespark.jobs.failure.JobFailure;
import org.anodespark.jobs.run.MetricsPoint;
import org.anodespark.jobs.run.RecordedRun;
import org.anodespark.jobs.train.ElapsedTime;
import org.anodespark.jobs.train.TrainingMeasures;
import org.apache.hadoop.conf.Configuration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells on the command line how an experiment goes: a line for each epoch and each cell. */
final class ExperimentProgress {
  private static final double NANOSECONDS_PER_SECOND = 1e9;
  private static final List<String> HEADLINES =
      List.of(
          TrainingMeasures.TEST_ACCURACY,
          Measures.TEST_LOSS,
          Measures.GRADIENT_ERROR,
          Measures.RECONSTRUCTION_ERROR,
          TrainingMeasures.EVALUATIONS);
  private static final Logger LOG = LoggerFactory.getLogger(ExperimentProgress.class);

  private final PrintStream out;
  private final Configuration hadoop;
  private final LongSupplier nanoTime;
  private final Map<Cell, Double> epochsSeen = new HashMap<>();
  private final List<PlannedCell> open = new ArrayList<>();

  private int doneBefore;
  private int doneHere;
  private long startedNanos;

  /**
   * Makes a display.
   *
   * @param hadoop where the file systems of the cells' folders are configured
   * @param nanoTime a clock as {@link System#nanoTime()}
   */
  ExperimentProgress(PrintStream out, Configuration hadoop, LongSupplier nanoTime) {
    this.out = out;
    this.hadoop = hadoop;
    this.nanoTime = nanoTime;
  }

  /**
   * Before the first cell.
   *
   * @param doneBefore how many are done already
   * @param cells those that are not
   */
  void started(int doneBefore, List<PlannedCell> cells) {
    this.doneBefore = doneBefore;
    open.addAll(cells);
    startedNanos = nanoTime.getAsLong();
    out.println(
        doneBefore == 0
            ? "%d trainings".formatted(open.size())
            : "%d trainings, of which %d are done".formatted(open.size() + doneBefore, doneBefore));
  }

  /** Shows the epochs that have ended since it was last asked to. */
  void look() {
    for (PlannedCell planned : open) {
      try {
        look(planned, RecordedRun.metrics(hadoop, planned.directory()));
      } catch (JobFailure e) {
        // the cell itself will say so if it matters
        LOG.debug("The progress of {} is not known", planned.cell().name(), e);
      }
    }
  }

  private void look(PlannedCell planned, List<MetricsPoint> metrics) {
    double seen = epochsSeen.getOrDefault(planned.cell(), 0.0);
    for (MetricsPoint point : metrics) {
      if (!point.ofRound() && point.epoch() > seen) {
        epochsSeen.put(planned.cell(), point.epoch());
        out.println(
            String.format(
                Locale.ROOT,
                "%s  epoch %.0f/%d  loss %.4f  test accuracy %.4f",
                planned.cell().name(),
                point.epoch(),
                planned.settings().settings().train().epochs(),
                point.trainLoss(),
                point.testAccuracy()));
      }
    }
  }

  /** After each cell. */
  void ended(CellResult result) {
    open.removeIf(planned -> planned.cell().equals(result.cell()));
    doneHere++;
    double seconds = (nanoTime.getAsLong() - startedNanos) / NANOSECONDS_PER_SECOND;
    int left = open.size();
    int done = doneBefore + doneHere;
    out.println(
        "%s  %s  %d/%d done%s"
            .formatted(
                result.cell().name(),
                result.failure() == null ? figures(result) : "FAILED: " + result.failure(),
                done,
                done + left,
                left == 0 ? "" : "  ETA " + ElapsedTime.of(seconds / doneHere * left)));
  }

  /** The measures that a cell has of those that say most about it. */
  private static String figures(CellResult result) {
    Map<String, Double> measures = result.measures();
    StringJoiner figures = new StringJoiner("  ");
    for (String name : HEADLINES) {
      if (measures.containsKey(name)) {
        figures.add(
            String.format(Locale.ROOT, "%s %.4g", name.replace('_', ' '), measures.get(name)));
      }
    }
    if (measures.containsKey(TrainingMeasures.TRAINING_SECONDS)) {
      figures.add(ElapsedTime.of(measures.get(TrainingMeasures.TRAINING_SECONDS)) + " of training");
    }
    return figures.toString();
  }
}
