/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.train;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.anodespark.jobs.plan.TrainingPosition;
import org.anodespark.jobs.run.RunDirectory;
import org.anodespark.jobs.tensorboard.EventFile;
import org.anodespark.jobs.tensorboard.ScalarEvent;

/**
 * Writes the course of a training for TensorBoard, with iterations as steps.
 *
 * <p>Each checkpoint comes with a file of its own, which holds what happened since the one before:
 * many file systems cannot append, and TensorBoard does not look again at what it has read. A
 * file's name tells how far the training was, so that files of what is to be trained again can be
 * found.
 */
final class TensorBoardWriter implements TrainingObserver {
  /** The subfolder of the run directory. */
  static final String FOLDER = RunDirectory.TENSORBOARD;

  private static final double BYTES_PER_MEBIBYTE = 1024 * 1024;

  private static final Pattern NAME =
      Pattern.compile(Pattern.quote(EventFile.NAME_PREFIX) + "epoch(\\d+)\\.round(\\d+)");

  private final RunDirectory directory;
  private final Clock clock;
  private final List<ScalarEvent> unwritten = new ArrayList<>();
  private int iteration;
  private int epoch;
  private int rounds;

  TensorBoardWriter(RunDirectory directory, Clock clock) {
    this.directory = directory;
    this.clock = clock;
  }

  /** Files of what is to be trained again go. */
  @Override
  public void resumed(TrainingState state) {
    unwritten.clear();
    iteration = state.iteration();
    for (String name : directory.list(FOLDER)) {
      Matcher matcher = NAME.matcher(name);
      if (matcher.matches()
          && isAfter(
              Integer.parseInt(matcher.group(1)),
              Integer.parseInt(matcher.group(2)),
              state.position())) {
        directory.delete(FOLDER + "/" + name);
      }
    }
  }

  private static boolean isAfter(int epoch, int rounds, TrainingPosition position) {
    return epoch > position.epoch() || (epoch == position.epoch() && rounds > position.rounds());
  }

  @Override
  public void roundFinished(RoundReport report) {
    Tally tally = report.tally();
    Map<String, Double> values = new TreeMap<>();
    values.put("train/loss", tally.trainLoss());
    if (!Double.isNaN(report.learningRate())) {
      values.put("train/learning_rate", report.learningRate());
    }
    values.put("speed/images_per_second", tally.imagesPerSecond());
    values.put("speed/overhead_fraction", tally.overheadFraction());
    values.put("memory/peak_mebibytes", tally.peakMemoryBytes() / BYTES_PER_MEBIBYTE);
    if (!tally.ode().isEmpty()) {
      values.put("ode/evaluations_per_image", report.evaluationsPerImage());
      values.put("ode/rejected_steps", (double) tally.rejectedSteps());
    }
    iteration = report.endIteration();
    epoch = report.round().epoch();
    rounds = report.round().number();
    add(values);
  }

  @Override
  public void epochFinished(EpochReport report) {
    epoch = report.epoch() + 1;
    rounds = 0;
    Map<String, Double> values = new TreeMap<>();
    values.put("epoch/loss", report.trainLoss());
    values.put("epoch/test_accuracy", report.testAccuracy());
    if (report.validationAccuracy() != null) {
      values.put("epoch/validation_accuracy", report.validationAccuracy());
    }
    add(values);
  }

  private void add(Map<String, Double> values) {
    unwritten.add(new ScalarEvent(clock.instant(), iteration, values));
  }

  @Override
  public void checkpointComes() {
    if (unwritten.isEmpty()) {
      return;
    }
    // in alphabetical order they are in the order of the training, as TensorBoard wants them
    String name =
        String.format(Locale.ROOT, "%sepoch%06d.round%06d", EventFile.NAME_PREFIX, epoch, rounds);
    directory.write(FOLDER + "/" + name, out -> EventFile.write(out, unwritten));
    unwritten.clear();
  }
}
