/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.sweep.running;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import org.anodespark.jobs.failure.ExitCode;
import org.anodespark.jobs.failure.JobFailure;
import org.anodespark.jobs.sweep.ledger.RungRun;
import org.anodespark.jobs.sweep.search.Assignment;

/** Has each training done by a thread that waits for it. */
public final class ConcurrentRungs implements RungRunner {
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final CompletionService<RungOutcome> ended = new ExecutorCompletionService<>(threads);
  private final Training training;
  private final IntSupplier room;
  private final Runnable cancel;

  /** Trains until a rung and waits for it. */
  @FunctionalInterface
  public interface Training {
    /**
     * Trains.
     *
     * @throws JobFailure if the training is lost
     */
    RungOutcome run(RungRun run, Assignment assignment);
  }

  /**
   * Makes a runner.
   *
   * @param room how many trainings there is room for
   * @param cancel ends all trainings
   */
  public ConcurrentRungs(Training training, IntSupplier room, Runnable cancel) {
    this.training = training;
    this.room = room;
    this.cancel = cancel;
  }

  @Override
  public int room() {
    return room.getAsInt();
  }

  @Override
  public void start(RungRun run, Assignment assignment) {
    ended.submit(() -> train(run, assignment));
  }

  private RungOutcome train(RungRun run, Assignment assignment) {
    try {
      return training.run(run, assignment);
    } catch (JobFailure e) {
      return new RungOutcome.Lost(run, e.getMessage());
    }
  }

  @Override
  public Optional<RungOutcome> await(Duration patience) {
    try {
      Future<RungOutcome> next = ended.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
      return next == null ? Optional.empty() : Optional.of(next.get());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new JobFailure(ExitCode.STOPPED, "Stopped while waiting for a training.", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  @Override
  public void close() {
    cancel.run();
    threads.shutdownNow();
  }
}
