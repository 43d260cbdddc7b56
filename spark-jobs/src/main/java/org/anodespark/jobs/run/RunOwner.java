/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.run;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Timer;
import java.util.TimerTask;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.anodespark.jobs.failure.ExitCode;
import org.anodespark.jobs.failure.JobFailure;
import org.anodespark.jobs.process.ProcessStart;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one process that may write into a run directory, of all that ever continued the run.
 *
 * <p>Each takes the next number by writing {@code owners/attempt-0003.json}, which only one can do,
 * and writes that file again and again as a sign of life. Who comes while the latest attempt shows
 * signs of life is refused. An attempt that shows none for a while, that ended, or whose process on
 * this machine is gone, is succeeded; should it wake up again, it finds its successor's file before
 * the next file that it would write, and ends. Between that look and the file's appearance remains
 * a moment in which a successor may start; it overwrites what appears then when it comes there.
 */
final class RunOwner implements AutoCloseable {
  private static final String FOLDER = "owners";
  private static final Pattern FILE = Pattern.compile("attempt-(\\d+)\\.json");
  private static final int LOOKS = 10;
  private static final int BEATS = 4;
  private static final Logger LOG = LoggerFactory.getLogger(RunOwner.class);

  /**
   * A sign of life.
   *
   * @param attempt number of the attempt, from 1
   * @param host where its driver runs
   * @param process the driver's process on that host
   * @param processStarted when that began, which tells it from a later process of that number;
   *     empty if that is not known
   * @param beat how many signs of life were given before
   * @param ended whether there will be no more
   */
  private record Sign(
      int attempt, String host, long process, String processStarted, long beat, boolean ended) {
    /** Refuses what is no time, so that a damaged file is told as such. */
    Sign {
      if (!processStarted.isEmpty()) {
        Instant.parse(processStarted);
      }
    }
  }

  private static final int TRIES_TO_READ = 100;
  private static final long MILLISECONDS_BETWEEN_TRIES = 10;

  private final RunDirectory directory;
  private final int attempt;
  private final Timer beats = new Timer("run-owner", true);
  private long beat;
  private boolean closed;

  private RunOwner(RunDirectory directory, int attempt) {
    this.directory = directory;
    this.attempt = attempt;
  }

  /**
   * Becomes the owner of a run directory.
   *
   * @param patience how long another owner must show no sign of life to be succeeded
   * @throws JobFailure with exit code 2 when the directory has an owner that is alive
   */
  static RunOwner claim(RunDirectory directory, Duration patience) {
    OptionalInt latest = latest(directory);
    if (latest.isPresent()) {
      waitUntilGone(directory, latest.getAsInt(), patience);
    }
    RunOwner owner = new RunOwner(directory, latest.orElse(0) + 1);
    try {
      directory.writeNew(file(owner.attempt), Json.line(owner.sign(false)));
    } catch (IOException e) {
      throw JobFailure.badConfiguration(
          "The run directory %s was taken by another driver a moment ago: wait until that has ended, or set run.dir to another folder."
              .formatted(directory.location()),
          e);
    }
    long period = Math.max(1, patience.toMillis() / BEATS);
    TimerTask task =
        new TimerTask() {
          @Override
          public void run() {
            owner.beat();
          }
        };
    owner.beats.schedule(task, period, period);
    return owner;
  }

  /** The directory, in which nothing appears any more when somebody else has become its owner. */
  RunDirectory directory() {
    return directory.guardedBy(this::requireOwnership, "attempt-" + attempt);
  }

  /** The number of this attempt, from 1. */
  int attempt() {
    return attempt;
  }

  /** Gives the directory free for the next one. */
  @Override
  public synchronized void close() {
    closed = true;
    beats.cancel();
    try {
      if (!isSucceeded()) {
        directory.write(file(attempt), Json.line(sign(true)));
      }
    } catch (JobFailure e) {
      LOG.warn("The end of attempt {} cannot be written: {}", attempt, e.getMessage());
    }
  }

  private synchronized void beat() {
    if (closed) {
      return;
    }
    try {
      beat++;
      directory.write(file(attempt), Json.line(sign(false)));
    } catch (JobFailure e) {
      // the next file of the training itself tells the user
      LOG.warn("No sign of life of attempt {} can be written: {}", attempt, e.getMessage());
    } catch (RuntimeException e) {
      LOG.warn("No sign of life of attempt {} can be written", attempt, e);
    }
  }

  private void requireOwnership() {
    if (isSucceeded()) {
      throw new JobFailure(
          ExitCode.GAVE_UP,
          "Another driver (attempt %d) has taken over the run in %s, since this one (attempt %d) seemed to be gone: nothing more is written here."
              .formatted(latest(directory).orElse(0), directory.location(), attempt));
    }
  }

  /** Not that there is no file of this attempt: some file systems replace files in two steps. */
  private boolean isSucceeded() {
    return latest(directory).orElse(0) > attempt;
  }

  private Sign sign(boolean ended) {
    ProcessHandle process = ProcessHandle.current();
    return new Sign(
        attempt,
        host(),
        process.pid(),
        process.info().startInstant().map(Instant::toString).orElse(""),
        beat,
        ended);
  }

  private static void waitUntilGone(RunDirectory directory, int attempt, Duration patience) {
    Sign first = read(directory, attempt);
    long pause = Math.max(1, patience.toMillis() / LOOKS);
    for (int look = 0; look < LOOKS && !isGone(first); look++) {
      if (look == 0) {
        LOG.warn(
            "Attempt {} on {} may still run: looking for its signs of life for up to {} s",
            attempt,
            first.host(),
            patience.toSeconds());
      }
      pause(pause);
      Sign now = read(directory, attempt);
      if (isGone(now)) {
        return;
      }
      if (!now.equals(first)) {
        throw JobFailure.badConfiguration(
            "The run directory %s is in use by process %d on %s: wait until that has ended, or set run.dir to another folder."
                .formatted(directory.location(), now.process(), now.host()));
      }
    }
  }

  private static boolean isGone(Sign sign) {
    return sign.ended()
        || (sign.host().equals(host())
            && ProcessHandle.of(sign.process())
                .filter(process -> mayHaveGiven(process, sign))
                .isEmpty());
  }

  /** Where a start is not known, the signs of life have to tell. */
  private static boolean mayHaveGiven(ProcessHandle process, Sign sign) {
    Optional<Instant> start = process.info().startInstant();
    return sign.processStarted().isEmpty()
        || start.isEmpty()
        || ProcessStart.same(start.get(), Instant.parse(sign.processStarted()));
  }

  private static Sign read(RunDirectory directory, int attempt) {
    String file = file(attempt);
    Optional<byte[]> json = directory.readIfThere(file);
    // some file systems replace files in two steps, and it is not there for a moment
    for (int tries = 1; tries < TRIES_TO_READ && json.isEmpty(); tries++) {
      pause(MILLISECONDS_BETWEEN_TRIES);
      json = directory.readIfThere(file);
    }
    return directory.parseJson(
        file,
        json.orElseGet(() -> directory.read(file)),
        Sign.class,
        "delete it if no driver of the run is alive, or set run.dir to a new folder");
  }

  private static void pause(long milliseconds) {
    try {
      Thread.sleep(milliseconds);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new JobFailure(ExitCode.STOPPED, "Stopped while waiting for another driver.", e);
    }
  }

  private static OptionalInt latest(RunDirectory directory) {
    return directory.list(FOLDER).stream()
        .map(FILE::matcher)
        .filter(Matcher::matches)
        .mapToInt(name -> Integer.parseInt(name.group(1)))
        .max();
  }

  private static String file(int attempt) {
    return String.format(Locale.ROOT, "%s/attempt-%04d.json", FOLDER, attempt);
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (IOException e) {
      return "unknown";
    }
  }
}
