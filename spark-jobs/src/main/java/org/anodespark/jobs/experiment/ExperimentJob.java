/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.experiment;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.anodespark.jobs.config.ExperimentSettings;
import org.anodespark.jobs.config.ResolvedSettings;
import org.anodespark.jobs.config.Settings;
import org.anodespark.jobs.data.Preparation;
import org.anodespark.jobs.executor.NativeMemory;
import org.anodespark.jobs.executor.OneTask;
import org.anodespark.jobs.job.Job;
import org.anodespark.jobs.job.JobContext;
import org.anodespark.jobs.report.ExperimentPage;
import org.anodespark.jobs.run.RunDirectory;
import org.anodespark.jobs.run.RunRecorder;
import org.anodespark.jobs.run.Versions;
import org.anodespark.jobs.train.NetworkFactory;
import org.anodespark.jobs.train.PredictionTimings;
import org.anodespark.jobs.train.SolveStatisticsReader;
import org.anodespark.jobs.train.StopSignal;
import org.anodespark.jobs.train.TaskTraining;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.util.SerializableConfiguration;

/**
 * The job {@code experiment}: trains every cell of a grid, each in one task of Spark, side by side,
 * and lays their measures side by side. Started again with the same {@code run.dir}, it goes on
 * with the cells that are not done.
 */
public final class ExperimentJob implements Job {
  private final NetworkFactory networks;
  private final SolveStatisticsReader statistics;

  /**
   * Makes the job.
   *
   * @param networks builds the networks to train
   * @param statistics reads what they counted
   */
  public ExperimentJob(NetworkFactory networks, SolveStatisticsReader statistics) {
    this.networks = networks;
    this.statistics = statistics;
  }

  @Override
  public void run(JobContext context) {
    ResolvedSettings base = new ResolvedSettings(context.settings(), context.resolved());
    List<PlannedCell> cells = ExperimentGrid.of(base);
    if (context.settings().experiment().readsImages()) {
      // once, before many tasks look for it
      new Preparation(context.hadoop(), context.out()::println)
          .open(context.settings().data(), context.settings().seed());
    }
    try (StopSignal stop = StopSignal.listening()) {
      RunRecorder.recordOrContinue(context, recorder -> run(context, recorder, cells, stop));
    }
  }

  private void run(
      JobContext context, RunRecorder recorder, List<PlannedCell> cells, StopSignal stop) {
    JavaSparkContext spark = context.spark().get();
    stop.cancels(() -> spark.sc().cancelAllJobs());
    Settings settings = context.settings();
    OneTask tasks =
        new OneTask(
            spark, NativeMemory.ofTasks(settings.spark(), context.master()), CellRunner.JOB_GROUP);
    ExperimentProgress progress =
        new ExperimentProgress(context.out(), context.hadoop(), System::nanoTime);
    Map<Cell, CellResult> results = new LinkedHashMap<>();
    recorder.details(
        () ->
            new ExperimentSummary(
                cells.size(), List.copyOf(results.values()), Versions.of(spark.version())));
    CellWork work = work(context);
    CellRunner runner =
        new CellRunner(
            spark,
            tasks,
            planned -> new CellTask(planned, context.hadoop(), work),
            planned -> ResultFile.read(context.hadoop(), planned.settings()));
    runner.run(
        cells,
        results,
        progress,
        () -> write(context, recorder.directory(), cells, results),
        stop::requested);
    if (context.settings().experiment().task().equals(ExperimentSettings.IMAGES)) {
      timePredictions(context, tasks, cells, results);
    }
    ExperimentTable table = write(context, recorder.directory(), cells, results);
    ExperimentFiles.lines(table).forEach(context.out()::println);
    context.out().println("Run directory: " + recorder.directory().location());
  }

  private CellWork work(JobContext context) {
    return switch (context.settings().experiment().task()) {
      case ExperimentSettings.SPIRAL_ODE -> SmallProblem.SPIRAL_ODE;
      case ExperimentSettings.SPIRAL_SDE -> SmallProblem.SPIRAL_SDE;
      case ExperimentSettings.LATENT_ODE -> SmallProblem.LATENT_ODE;
      case ExperimentSettings.ADJOINT_ERRORS -> new AdjointComparison(networks, statistics);
      default ->
          new ImageTraining(
              new TaskTraining(
                  context.master(),
                  context.spark().get().version(),
                  networks,
                  statistics,
                  context.allowedChanges()));
    };
  }

  /** Writes what there is by now. */
  private static ExperimentTable write(
      JobContext context,
      RunDirectory directory,
      List<PlannedCell> cells,
      Map<Cell, CellResult> results) {
    List<Cell> inOrder = cells.stream().map(PlannedCell::cell).toList();
    ExperimentTable table = ExperimentTable.of(context.settings().experiment(), inOrder, results);
    directory.write(
        ExperimentFiles.CELLS, ExperimentFiles.cells(table.measures(), inOrder, results));
    directory.write(ExperimentFiles.TABLE, ExperimentFiles.table(table));
    directory.write(
        ExperimentPage.FILE,
        ExperimentReport.of(directory.location(), table, cells, results, context.hadoop()));
    return table;
  }

  private void timePredictions(
      JobContext context, OneTask tasks, List<PlannedCell> cells, Map<Cell, CellResult> results) {
    List<PlannedCell> done =
        cells.stream().filter(planned -> results.get(planned.cell()).failure() == null).toList();
    if (done.isEmpty()) {
      return;
    }
    PredictionTimings timings =
        new PredictionTimings(
            done.stream().map(cell -> cell.settings().rendered()).toList(),
            context.settings().experiment().timings(),
            new SerializableConfiguration(context.hadoop()),
            statistics);
    List<PredictionTimings.Timing> ofCells = timings.run(tasks);
    for (int i = 0; i < done.size(); i++) {
      Map<String, Double> ofCell = Measures.of(ofCells.get(i));
      results.computeIfPresent(done.get(i).cell(), (cell, result) -> result.with(ofCell));
    }
  }

  /**
   * What the job adds to {@code summary.json}.
   *
   * @param cells how many there are to be
   * @param results of those that are done or failed
   * @param versions names and versions of what was used
   */
  record ExperimentSummary(int cells, List<CellResult> results, Map<String, String> versions) {}
}
