/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.checkpoint;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.anodespark.jobs.failure.ExitCode;
import org.anodespark.jobs.failure.JobFailure;
import org.anodespark.jobs.run.RunDirectory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The checkpoints of a run. They are numbered in the order in which they were written, over all
 * drivers that the run ever had; a number is never used again.
 */
public final class CheckpointStore {
  private static final Pattern FILE = Pattern.compile("checkpoint-(\\d+)\\.zip");
  private static final Logger LOG = LoggerFactory.getLogger(CheckpointStore.class);

  private final RunDirectory directory;
  private final int keep;

  /**
   * A checkpoint with its number.
   *
   * @param number from 1
   * @param checkpoint what it holds
   */
  public record Numbered(int number, Checkpoint checkpoint) {}

  /**
   * @param keep how many of the latest stay, at least 1
   */
  public CheckpointStore(RunDirectory directory, int keep) {
    this.directory = directory;
    this.keep = keep;
  }

  /**
   * The number of the checkpoint that {@link #write} would write now.
   *
   * @throws JobFailure with exit code 3 when the folder cannot be read
   */
  public int nextNumber() {
    List<Integer> numbers = numbers();
    return numbers.isEmpty() ? 1 : numbers.get(0) + 1;
  }

  /**
   * Writes a checkpoint, and then deletes those that are neither among the latest nor to be kept.
   *
   * @param alsoKeep numbers of earlier checkpoints that stay
   * @return its number
   * @throws JobFailure with exit code 3 when it cannot be written; all earlier ones are then there
   */
  public int write(Checkpoint checkpoint, Set<Integer> alsoKeep) {
    int number = nextNumber();
    directory.write(file(number), out -> CheckpointFile.write(checkpoint, out));
    numbers().stream()
        .skip(keep)
        .filter(old -> !alsoKeep.contains(old))
        .forEach(old -> directory.delete(file(old)));
    return number;
  }

  /**
   * The latest checkpoint that is whole; damaged ones are passed over with a warning.
   *
   * @return nothing when there are no checkpoints
   * @throws JobFailure with exit code 3 when all are damaged, or cannot be read
   */
  public Optional<Numbered> latest() {
    List<String> damaged = new ArrayList<>();
    for (int number : numbers()) {
      try {
        return Optional.of(new Numbered(number, CheckpointFile.read(directory.read(file(number)))));
      } catch (IOException e) {
        LOG.warn("Checkpoint {} is passed over: {}", address(number), e.getMessage());
        damaged.add("%s: %s".formatted(file(number), e.getMessage()));
      }
    }
    if (!damaged.isEmpty()) {
      throw new JobFailure(
          ExitCode.PREFLIGHT_FAILED,
          "No checkpoint of the run in %s is whole (%s): restore one from a copy, or set run.dir to a new folder."
              .formatted(directory.location(), String.join("; ", damaged)));
    }
    return Optional.empty();
  }

  /**
   * A checkpoint by its number.
   *
   * @throws JobFailure with exit code 3 when it is damaged, or cannot be read
   */
  public Numbered read(int number) {
    try {
      return new Numbered(number, CheckpointFile.read(directory.read(file(number))));
    } catch (IOException e) {
      throw new JobFailure(
          ExitCode.PREFLIGHT_FAILED,
          "The checkpoint %s is damaged: %s.".formatted(address(number), e.getMessage()),
          e);
    }
  }

  /** Where a checkpoint is. */
  public String address(int number) {
    return directory.location() + "/" + file(number);
  }

  /** Those that are there, latest first. */
  private List<Integer> numbers() {
    return directory.list(RunDirectory.CHECKPOINTS).stream()
        .map(FILE::matcher)
        .filter(Matcher::matches)
        .map(name -> Integer.valueOf(name.group(1)))
        .sorted(Comparator.reverseOrder())
        .toList();
  }

  private static String file(int number) {
    return String.format(Locale.ROOT, "%s/checkpoint-%06d.zip", RunDirectory.CHECKPOINTS, number);
  }
}
