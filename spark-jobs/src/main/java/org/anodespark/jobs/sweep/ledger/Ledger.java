/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.sweep.ledger;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.anodespark.jobs.config.Objective;
import org.anodespark.jobs.failure.JobFailure;
import org.anodespark.jobs.run.JsonLinesFile;
import org.anodespark.jobs.run.RunDirectory;
import org.anodespark.jobs.sweep.pruning.Standing;
import org.anodespark.jobs.sweep.search.Assignment;

/**
 * {@code trials.jsonl}: all that has happened in a sweep. Every entry is in the file before
 * anything follows from it, so a driver that takes the sweep up knows what its predecessor knew.
 * Entries tell of decisions before they are carried out and of results after they are there.
 */
public final class Ledger {
  /** Name of the file in a run directory. */
  public static final String FILE = "trials.jsonl";

  private final JsonLinesFile file;
  private final List<Integer> seeds;
  private final List<Integer> rungs;
  private final List<Trial> trials = new ArrayList<>();
  private LedgerEntry.Searched searched;

  private Ledger(JsonLinesFile file, List<Integer> seeds, List<Integer> rungs) {
    this.file = file;
    this.seeds = List.copyOf(seeds);
    this.rungs = List.copyOf(rungs);
  }

  /**
   * Opens the ledger of a sweep, or begins one.
   *
   * @param seeds with which each trial is trained
   * @param rungs in epochs, rising
   * @throws JobFailure with exit code 2 when the file is damaged
   */
  public static Ledger open(RunDirectory directory, List<Integer> seeds, List<Integer> rungs) {
    JsonLinesFile file =
        new JsonLinesFile(
            directory, FILE, "mend its last line or take it out, or set run.dir to a new folder");
    Ledger ledger = new Ledger(file, seeds, rungs);
    try {
      file.read(LedgerEntry.class).forEach(ledger::apply);
    } catch (IndexOutOfBoundsException e) {
      throw JobFailure.badConfiguration(
          "The file %s/%s is damaged (it tells of a trial before it has begun): set run.dir to a new folder."
              .formatted(directory.location(), FILE),
          e);
    }
    return ledger;
  }

  /**
   * Adds an entry.
   *
   * @throws JobFailure with exit code 3 when it cannot be written
   */
  public void add(LedgerEntry entry) {
    file.add(entry);
    file.publish();
    apply(entry);
  }

  private void apply(LedgerEntry entry) {
    if (entry instanceof LedgerEntry.Searched now) {
      searched = now;
    } else if (entry instanceof LedgerEntry.Begun begun) {
      trials.add(new Trial(begun.trial(), new Assignment(begun.values()), seeds, rungs.get(0)));
    } else if (entry instanceof LedgerEntry.Promoted promoted) {
      trial(promoted.trial()).promote(promoted.epochs());
    } else if (entry instanceof LedgerEntry.Stopped stopped) {
      trial(stopped.trial()).stop();
    } else if (entry instanceof LedgerEntry.Finished done) {
      trial(done.trial())
          .finish(new RungRun(done.trial(), done.seed(), done.epochs()), done.measures());
    } else if (entry instanceof LedgerEntry.Lost lost) {
      trial(lost.trial()).lose(new RungRun(lost.trial(), lost.seed(), lost.epochs()));
    } else if (entry instanceof LedgerEntry.Failed failed) {
      trial(failed.trial()).fail(failed.reason());
    }
  }

  /** What was searched last; empty before the first entry. */
  public Optional<LedgerEntry.Searched> searched() {
    return Optional.ofNullable(searched);
  }

  /** All trials that were begun, by number. */
  public List<Trial> trials() {
    return List.copyOf(trials);
  }

  /** The trial of a number. */
  public Trial trial(int number) {
    return trials.get(number);
  }

  /** What was searched so far. */
  public Set<Assignment> assignments() {
    return trials.stream().map(Trial::assignment).collect(Collectors.toSet());
  }

  /** The trainings that were decided on and have neither come to their rung nor failed. */
  public List<RungRun> open() {
    return trials.stream().flatMap(trial -> trial.open().stream()).toList();
  }

  /** Where all trials stand. */
  public List<Standing> standings(Objective objective) {
    return trials.stream().map(trial -> trial.standing(objective, rungs)).toList();
  }

  /** How many epochs were trained in all, up to rungs that were reached. */
  public long epochs() {
    long epochs = 0;
    for (Trial trial : trials) {
      for (int seed : seeds) {
        epochs +=
            rungs.stream()
                .filter(rung -> trial.hasFinished(new RungRun(trial.number(), seed, rung)))
                .mapToInt(Integer::intValue)
                .max()
                .orElse(0);
      }
    }
    return epochs;
  }
}
