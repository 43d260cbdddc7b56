/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.train;

import java.io.PrintStream;
import java.util.Locale;
import java.util.function.LongSupplier;
import org.anodespark.jobs.plan.TrainingPlan;

/**
 * Shows on the command line how a training goes. On a terminal, one line that is redrawn after each
 * round; elsewhere, such a line at most every ten seconds. Each epoch leaves a line of its own.
 */
final class Progress implements TrainingObserver {
  private static final double NANOSECONDS_PER_SECOND = 1e9;
  private static final double SECONDS_BETWEEN_LINES = 10;

  /** Control sequence that clears the terminal from the cursor to the end of the line. */
  private static final String CLEAR_REST_OF_LINE = "\u001b[K";

  private final PrintStream out;
  private final boolean terminal;
  private final TrainingPlan plan;
  private final LongSupplier nanoTime;

  private Tally epoch = new Tally();
  private long examplesDone;
  private long examplesAtFirstRound;
  private long firstRoundNanos;
  private long lastLineNanos;

  /**
   * Makes a display.
   *
   * @param terminal whether a line of {@code out} can be redrawn
   * @param nanoTime a clock as {@link System#nanoTime()}
   */
  Progress(PrintStream out, boolean terminal, TrainingPlan plan, LongSupplier nanoTime) {
    this.out = out;
    this.terminal = terminal;
    this.plan = plan;
    this.nanoTime = nanoTime;
    this.lastLineNanos = nanoTime.getAsLong();
  }

  /** Is told where the rounds go on: those of this process, or those behind a roll-back. */
  @Override
  public void resumed(TrainingState state) {
    epoch = state.epochTally();
    examplesDone = (state.position().epoch() - 1L) * plan.examples() + state.position().examples();
    examplesAtFirstRound = 0;
  }

  @Override
  public void roundFinished(RoundReport report) {
    long now = nanoTime.getAsLong();
    epoch = epoch.plus(report.tally());
    examplesDone += report.tally().examples();
    if (examplesAtFirstRound == 0) {
      // the first round also starts executors' processes and would spoil the estimate
      examplesAtFirstRound = examplesDone;
      firstRoundNanos = now;
    }
    String line =
        String.format(
            Locale.ROOT,
            "epoch %d/%d  round %d/%d  loss %.4f  %.0f images/s  ETA %s",
            report.round().epoch(),
            plan.epochs(),
            report.round().number(),
            report.round().rounds(),
            epoch.trainLoss(),
            epoch.imagesPerSecond(),
            remaining(now));
    if (terminal) {
      out.print("\r" + line + CLEAR_REST_OF_LINE);
      out.flush();
    } else if ((now - lastLineNanos) / NANOSECONDS_PER_SECOND >= SECONDS_BETWEEN_LINES) {
      lastLineNanos = now;
      out.println(line);
    }
  }

  @Override
  public void epochFinished(EpochReport report) {
    epoch = new Tally();
    lastLineNanos = nanoTime.getAsLong();
    String line =
        String.format(
            Locale.ROOT,
            "epoch %d/%d  loss %.4f  test accuracy %.4f  %s%.0f images/s  %s",
            report.epoch(),
            plan.epochs(),
            report.trainLoss(),
            report.testAccuracy(),
            report.validationAccuracy() == null
                ? ""
                : String.format(
                    Locale.ROOT, "validation accuracy %.4f  ", report.validationAccuracy()),
            report.imagesPerSecond(),
            clock(report.seconds()));
    out.println(terminal ? "\r" + line + CLEAR_REST_OF_LINE : line);
  }

  /**
   * Says how it ended.
   *
   * @param summary of a training that is complete
   * @param runDirectory where its files are
   */
  void finished(TrainingSummary summary, String runDirectory) {
    out.println(
        String.format(
            Locale.ROOT,
            "Test accuracy %.4f on %s.",
            summary.testAccuracy(),
            summary.dataSet().builtin()
                ? "the built-in drawn images, which are not CIFAR"
                : summary.dataSet().name()));
    out.println("Run directory: " + runDirectory);
  }

  private String remaining(long now) {
    long sinceFirstRound = examplesDone - examplesAtFirstRound;
    if (sinceFirstRound == 0) {
      return "-";
    }
    double secondsPerExample = (now - firstRoundNanos) / NANOSECONDS_PER_SECOND / sinceFirstRound;
    return clock((plan.examplesOfAllEpochs() - examplesDone) * secondsPerExample);
  }

  /** {@code 1:02:03}, or {@code 2:03} below an hour. */
  private static String clock(double seconds) {
    long whole = Math.round(seconds);
    return whole < 3600
        ? String.format(Locale.ROOT, "%d:%02d", whole / 60, whole % 60)
        : ElapsedTime.of(seconds);
  }
}
