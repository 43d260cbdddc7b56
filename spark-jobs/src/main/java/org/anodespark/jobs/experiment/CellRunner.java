/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.experiment;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import org.anodespark.jobs.executor.OneTask;
import org.anodespark.jobs.failure.ExitCode;
import org.anodespark.jobs.failure.JobFailure;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Runs cells as jobs of Spark of one task each, all submitted at once: Spark starts as many as the
 * executors have room for, in the order of the cells, however many executors come and go.
 */
final class CellRunner {
  /** Of all jobs of an experiment. */
  static final String JOB_GROUP = "experiment";

  private static final long SECONDS_BETWEEN_LOOKS = 10;

  private final JavaSparkContext spark;
  private final OneTask jobs;
  private final Function<PlannedCell, CellTask> tasks;
  private final Function<PlannedCell, Optional<CellResult>> results;

  /**
   * Makes a runner.
   *
   * @param jobs runs tasks
   * @param tasks makes the task of a cell
   * @param results finds the result of a cell that is done
   */
  CellRunner(
      JavaSparkContext spark,
      OneTask jobs,
      Function<PlannedCell, CellTask> tasks,
      Function<PlannedCell, Optional<CellResult>> results) {
    this.spark = spark;
    this.jobs = jobs;
    this.tasks = tasks;
    this.results = results;
  }

  /**
   * Runs all cells that are not done. A cell that diverges is a result, too.
   *
   * @param done receives the result of each cell, in the order in which they end
   * @param afterEach called when another result is there
   * @param stop whether to end
   * @throws JobFailure with exit code 143 if it was stopped, 5 if Spark gave up on a cell, and as
   *     thrown by a cell
   */
  void run(
      List<PlannedCell> cells,
      Map<Cell, CellResult> done,
      ExperimentProgress progress,
      Runnable afterEach,
      BooleanSupplier stop) {
    for (PlannedCell planned : cells) {
      results.apply(planned).ifPresent(result -> done.put(planned.cell(), result));
    }
    List<PlannedCell> open =
        cells.stream().filter(planned -> !done.containsKey(planned.cell())).toList();
    progress.started(done.size(), open);
    ExecutorService submitters = Executors.newFixedThreadPool(Math.max(1, open.size()));
    try {
      CompletionService<CellResult> jobs = new ExecutorCompletionService<>(submitters);
      for (PlannedCell planned : open) {
        Supplier<CellResult> result = start(planned);
        jobs.submit(result::get);
      }
      for (int ended = 0; ended < open.size(); ended++) {
        CellResult result = await(jobs, progress, stop, cells.size(), done);
        done.put(result.cell(), result);
        progress.ended(result);
        afterEach.run();
      }
    } finally {
      spark.sc().cancelAllJobs();
      submitters.shutdownNow();
    }
  }

  private Supplier<CellResult> start(PlannedCell planned) {
    Cell cell = planned.cell();
    OneTask.Started<Boolean> job =
        jobs.start(cell.name(), "The training " + cell.name(), tasks.apply(planned));
    return () -> {
      try {
        job.await();
        return results.apply(planned).orElseThrow();
      } catch (JobFailure e) {
        if (e.exitCode() == ExitCode.DIVERGED) {
          return CellResult.failed(cell, e.getMessage());
        }
        throw e;
      }
    };
  }

  private static CellResult await(
      CompletionService<CellResult> jobs,
      ExperimentProgress progress,
      BooleanSupplier stop,
      int cells,
      Map<Cell, CellResult> done) {
    try {
      Future<CellResult> ended = null;
      while (ended == null) {
        ended = jobs.poll(SECONDS_BETWEEN_LOOKS, TimeUnit.SECONDS);
        if (stop.getAsBoolean()) {
          throw stopped(cells, done, null);
        }
        progress.look();
      }
      return ended.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw stopped(cells, done, e);
    } catch (ExecutionException e) {
      if (stop.getAsBoolean()) {
        throw stopped(cells, done, e);
      }
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  private static JobFailure stopped(int cells, Map<Cell, CellResult> done, Exception cause) {
    return new JobFailure(
        ExitCode.STOPPED,
        "Stopped by a signal with %d of %d trainings done; the experiment goes on with the same settings and run.dir."
            .formatted(done.size(), cells),
        cause);
  }
}
