/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.run;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigRenderOptions;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.anodespark.jobs.failure.ExitCode;
import org.anodespark.jobs.failure.JobFailure;
import org.anodespark.jobs.job.JobContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the work of a job between {@code resolved.conf} and {@code summary.json}. */
public final class RunRecorder {
  private static final double NANOSECONDS_PER_SECOND = 1e9;

  private static final Logger LOG = LoggerFactory.getLogger(RunRecorder.class);

  private final JobContext context;
  private final RunDirectory directory;
  private final Instant started = Instant.now();
  private final long startedNanos = System.nanoTime();
  private Supplier<?> details = () -> null;
  private Consumer<String> beforeSummary = summary -> {};
  private RunStatus status = RunStatus.DONE;

  private RunRecorder(JobContext context, RunDirectory directory) {
    this.context = context;
    this.directory = directory;
  }

  /**
   * Claims {@code run.dir}, does the work and writes the summary, of a failure too.
   *
   * @throws JobFailure as thrown by the work, and with exit code 2 when {@code run.dir} holds a run
   *     or cannot be written
   */
  public static void record(JobContext context, Work work) {
    RunDirectory directory =
        RunDirectory.create(
            context.hadoop(), context.settings().run().dir(), text(context.resolved()));
    new RunRecorder(context, directory).run(work);
  }

  /**
   * As {@link #record}, but if {@code run.dir} holds a run of this job, the work is to continue it.
   * While it does, no other process can.
   *
   * @throws JobFailure as thrown by the work, and with exit code 2 when {@code run.dir} holds a run
   *     of another job or one with other settings, has a living owner or cannot be written
   */
  public static void recordOrContinue(JobContext context, Work work) {
    RunDirectory unowned = RunDirectory.open(context.hadoop(), context.settings().run().dir());
    EarlierRun.refuseUnlessContinuable(unowned, context);
    Duration patience = Duration.ofSeconds(context.settings().run().takeoverSeconds());
    try (RunOwner owner = RunOwner.claim(unowned, patience)) {
      RunDirectory directory = owner.directory();
      directory.deleteUnfinishedFiles();
      Optional<String> before = settingsIn(directory);
      Set<String> checkpoints = Set.copyOf(directory.list(RunDirectory.CHECKPOINTS));
      String settings = text(context.resolved());
      if (!before.equals(Optional.of(settings))) {
        // what was allowed to change is from now on what the run was asked for
        directory.write(RunDirectory.RESOLVED_SETTINGS, settings);
      }
      try {
        new RunRecorder(context, directory).run(work);
      } catch (JobFailure e) {
        if (e.exitCode() == ExitCode.BAD_CONFIGURATION
            && before.isPresent()
            && Set.copyOf(directory.list(RunDirectory.CHECKPOINTS)).equals(checkpoints)) {
          // nothing came of them, and the run is to go on with what it was begun with
          directory.write(RunDirectory.RESOLVED_SETTINGS, before.get());
        }
        throw e;
      }
    }
  }

  private static Optional<String> settingsIn(RunDirectory directory) {
    return directory.exists(RunDirectory.RESOLVED_SETTINGS)
        ? Optional.of(
            new String(directory.read(RunDirectory.RESOLVED_SETTINGS), StandardCharsets.UTF_8))
        : Optional.empty();
  }

  private static String text(Config resolved) {
    return resolved
        .root()
        .render(ConfigRenderOptions.defaults().setOriginComments(false).setJson(false));
  }

  private void run(Work work) {
    try {
      work.run(this);
    } catch (JobFailure e) {
      writeFailure(RunStatus.of(e.exitCode()), e);
      throw e;
    } catch (RuntimeException | Error e) {
      writeFailure(RunStatus.FAILED, e);
      throw e;
    }
    write(status, null);
  }

  /** Says that the work ends in good order and is to be continued later. */
  public void pause() {
    status = RunStatus.PAUSED;
  }

  /** Where the work puts its files. */
  public RunDirectory directory() {
    return directory;
  }

  /**
   * Sets what the summary says beyond what every job says.
   *
   * @param details asked once, when the work has ended or failed: gives a record or a map that
   *     becomes a JSON object, or null
   */
  public void details(Supplier<?> details) {
    this.details = details;
  }

  /**
   * Lets something be made of the summary, also of a failure's, before it is written as the last
   * file. If that fails, the run does not: it is logged.
   *
   * @param use is given the text of {@code summary.json}
   */
  public void beforeSummary(Consumer<String> use) {
    this.beforeSummary = use;
  }

  private void writeFailure(RunStatus status, Throwable failure) {
    try {
      write(status, failure.getMessage() == null ? failure.toString() : failure.getMessage());
    } catch (RuntimeException e) {
      failure.addSuppressed(e);
    }
  }

  private void write(RunStatus status, String reason) {
    Summary summary =
        new Summary(
            context.name(),
            status,
            reason,
            context.settings().seed(),
            ConfigHash.of(context.settings()),
            started,
            (System.nanoTime() - startedNanos) / NANOSECONDS_PER_SECOND,
            details.get());
    String text = summary.toJson();
    try {
      beforeSummary.accept(text);
    } catch (JobFailure e) {
      LOG.warn(
          "Something that was to be made at the end of the run is missing: {}", e.getMessage());
    } catch (RuntimeException e) {
      LOG.warn("Something that was to be made at the end of the run is missing", e);
    }
    directory.write(RunDirectory.SUMMARY, text);
  }

  /** What a job does. */
  @FunctionalInterface
  public interface Work {
    /** Runs to the end, or throws. */
    void run(RunRecorder recorder);
  }
}
