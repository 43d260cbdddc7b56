/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.sweep;

import java.util.List;
import java.util.Map;
import org.anodespark.jobs.config.Objective;
import org.anodespark.jobs.config.ResolvedSettings;
import org.anodespark.jobs.config.SweepSettings;
import org.anodespark.jobs.data.Manifest;
import org.anodespark.jobs.data.Preparation;
import org.anodespark.jobs.executor.NativeMemory;
import org.anodespark.jobs.executor.OneTask;
import org.anodespark.jobs.executor.TaskRoom;
import org.anodespark.jobs.failure.ExitCode;
import org.anodespark.jobs.failure.JobFailure;
import org.anodespark.jobs.job.Job;
import org.anodespark.jobs.job.JobContext;
import org.anodespark.jobs.report.SweepPage;
import org.anodespark.jobs.run.MetricsPoint;
import org.anodespark.jobs.run.RecordedRun;
import org.anodespark.jobs.run.RunDirectory;
import org.anodespark.jobs.run.RunRecorder;
import org.anodespark.jobs.run.Versions;
import org.anodespark.jobs.sweep.ledger.Ledger;
import org.anodespark.jobs.sweep.ledger.Trial;
import org.anodespark.jobs.sweep.pruning.Pruning;
import org.anodespark.jobs.sweep.results.BestSettings;
import org.anodespark.jobs.sweep.results.Importance;
import org.anodespark.jobs.sweep.results.Leaderboard;
import org.anodespark.jobs.sweep.results.Standings;
import org.anodespark.jobs.sweep.results.SweepReport;
import org.anodespark.jobs.sweep.running.ClusterTrials;
import org.anodespark.jobs.sweep.running.ConcurrentRungs;
import org.anodespark.jobs.sweep.running.PlannedTrials;
import org.anodespark.jobs.sweep.running.RungRunner;
import org.anodespark.jobs.sweep.running.Sweep;
import org.anodespark.jobs.sweep.running.TaskTrials;
import org.anodespark.jobs.sweep.running.TrialPlan;
import org.anodespark.jobs.sweep.search.SearchStrategy;
import org.anodespark.jobs.train.NetworkFactory;
import org.anodespark.jobs.train.PredictionTimings;
import org.anodespark.jobs.train.SolveStatisticsReader;
import org.anodespark.jobs.train.StopSignal;
import org.anodespark.jobs.train.TaskTraining;
import org.anodespark.jobs.train.TrainingMeasures;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.util.SerializableConfiguration;

/**
 * The job {@code sweep}: searches settings for those with the best trainings. Started again with
 * the same {@code run.dir}, it goes on where it was.
 */
public final class SweepJob implements Job {
  private static final String JOB_GROUP = "sweep";
  private static final int TIMED_TOGETHER = 16;

  private final NetworkFactory networks;
  private final SolveStatisticsReader statistics;

  /**
   * Makes the job.
   *
   * @param networks builds the networks to train
   * @param statistics reads what they counted
   */
  public SweepJob(NetworkFactory networks, SolveStatisticsReader statistics) {
    this.networks = networks;
    this.statistics = statistics;
  }

  @Override
  public void run(JobContext context) {
    SweepSettings sweep = context.settings().sweep();
    if (sweep.space().isEmpty() || sweep.seeds().isEmpty()) {
      throw JobFailure.badConfiguration(
          "sweep.%s is empty: expected what is to be searched, as conf/sweeps has it, e.g. --conf conf/sweeps/learning-rate.conf."
              .formatted(sweep.space().isEmpty() ? "space" : "seeds"));
    }
    SearchStrategy strategy = SearchStrategy.of(sweep, context.settings().seed());
    new SearchPlan(sweep, strategy).requireThatTrialsCanBeAdded();
    TrialPlan plan = new TrialPlan(new ResolvedSettings(context.settings(), context.resolved()));
    plan.requireValidValues(strategy);
    // once, before many tasks look for it
    Manifest data =
        new Preparation(context.hadoop(), context.out()::println)
            .open(context.settings().data(), context.settings().seed());
    KnownMeasures.requireObjectives(sweep, data.hasValidation());
    try (StopSignal stop = StopSignal.listening()) {
      RunRecorder.recordOrContinue(
          context, recorder -> new Running(context, recorder, plan, strategy).run(stop));
    }
  }

  /** One run of the job. */
  private final class Running {
    private final JobContext context;
    private final RunRecorder recorder;
    private final SweepSettings sweep;
    private final RunDirectory directory;
    private final TrialPlan plan;
    private final SearchStrategy strategy;
    private final Pruning pruning;
    private final Ledger ledger;
    private final EpochBudget budget;

    Running(JobContext context, RunRecorder recorder, TrialPlan plan, SearchStrategy strategy) {
      this.context = context;
      this.plan = plan;
      this.strategy = strategy;
      sweep = context.settings().sweep();
      directory = recorder.directory();
      pruning = Pruning.of(sweep.pruning(), context.settings().train().epochs());
      ledger = Ledger.open(directory, sweep.seeds(), pruning.rungs());
      budget = new EpochBudget(sweep, pruning.rungs());
      this.recorder = recorder;
    }

    void run(StopSignal stop) {
      new SearchPlan(sweep, strategy)
          .note(ledger, pruning.rungs())
          .ifPresent(
              before ->
                  context
                      .out()
                      .println(
                          "What is searched has changed; %s tells how.".formatted(Ledger.FILE)));
      JavaSparkContext spark = context.spark().get();
      recorder.details(() -> summary(spark.version()));
      stop.cancels(() -> spark.sc().cancelAllJobs());
      OneTask tasks =
          new OneTask(
              spark, NativeMemory.ofTasks(context.settings().spark(), context.master()), JOB_GROUP);
      SweepProgress progress =
          new SweepProgress(context.out(), ledger, sweep.objectives(), budget, System::nanoTime);
      try (RungRunner runner = runner(spark, tasks, stop)) {
        new Sweep(sweep, strategy, pruning, ledger, runner, progress, System::nanoTime)
            .run(stop::requested);
      }
      Standings standings = standings();
      publishBest(standings);
      timePredictions(standings, tasks);
      publishPage(standings, spark);
      if (standings.best().isEmpty()) {
        throw noResult();
      }
      context.out().println("Run directory: " + directory.location());
    }

    private RungRunner runner(JavaSparkContext spark, OneTask tasks, StopSignal stop) {
      TaskRoom room = new TaskRoom(spark);
      boolean distributed = sweep.trialsAs().equals(SweepSettings.CLUSTER);
      int tasksOfATrial = distributed ? context.settings().averaging().workers() : 1;
      PlannedTrials.Trainer trainer =
          distributed
              ? new ClusterTrials(context, networks, statistics, stop::requested)
              : new TaskTrials(
                  tasks,
                  new TaskTraining(
                      context.master(),
                      spark.version(),
                      networks,
                      statistics,
                      context.allowedChanges()),
                  context.hadoop());
      return new ConcurrentRungs(
          new PlannedTrials(plan, context.hadoop(), trainer),
          () -> Math.max(1, room.now() / tasksOfATrial),
          () -> spark.sc().cancelAllJobs());
    }

    private Standings standings() {
      return new Standings(ledger, sweep.objectives(), budget.lastRung());
    }

    /** Those of its training with the first seed. */
    private ResolvedSettings settingsOf(Trial trial) {
      return plan.settings(trial.number(), sweep.seeds().get(0), trial.assignment());
    }

    private void timePredictions(Standings standings, OneTask tasks) {
      List<Trial> done =
          standings.trials().stream()
              .filter(trial -> standings.state(trial) == Standings.State.DONE)
              .toList();
      boolean asked =
          sweep.objectives().stream()
              .map(Objective::measure)
              .anyMatch(TrainingMeasures.PREDICTION_SECONDS::equals);
      if (!asked || done.isEmpty()) {
        return;
      }
      // the networks of a group are in memory at once
      for (int from = 0; from < done.size(); from += TIMED_TOGETHER) {
        List<Trial> group = done.subList(from, Math.min(done.size(), from + TIMED_TOGETHER));
        List<PredictionTimings.Timing> timings = timings(group).run(tasks);
        for (int i = 0; i < group.size(); i++) {
          standings.measured(
              group.get(i).number(),
              Map.of(TrainingMeasures.PREDICTION_SECONDS, timings.get(i).seconds()));
        }
      }
      directory.write(Leaderboard.FILE, Leaderboard.of(standings));
    }

    private PredictionTimings timings(List<Trial> trials) {
      return new PredictionTimings(
          trials.stream().map(trial -> settingsOf(trial).rendered()).toList(),
          sweep.timings(),
          new SerializableConfiguration(context.hadoop()),
          statistics);
    }

    /** What the sweep is for comes first: nothing that may fail stands before it. */
    private void publishBest(Standings standings) {
      directory.write(Leaderboard.FILE, Leaderboard.of(standings));
      standings.best().ifPresent(best -> publishBest(standings, best));
    }

    private void publishBest(Standings standings, Trial best) {
      ResolvedSettings settings = settingsOf(best);
      directory.write(
          BestSettings.FILE,
          BestSettings.of(
              settings,
              "Trial %d of the sweep in %s".formatted(best.number(), directory.location())));
      context.out().println("Best: trial %d  %s".formatted(best.number(), best.assignment()));
      if (standings.state(best) == Standings.State.DONE) {
        RunDirectory training =
            RunDirectory.existing(context.hadoop(), settings.settings().run().dir());
        directory.write(RunDirectory.MODEL, out -> out.write(training.read(RunDirectory.MODEL)));
      } else {
        context
            .out()
            .println(
                "It was trained for %d of %d epochs, and no other for more, so there is no model: train it with %s."
                    .formatted(best.epochs(), budget.lastRung(), BestSettings.FILE));
      }
    }

    private void publishPage(Standings standings, JavaSparkContext spark) {
      Map<String, Double> importance =
          new Importance(sweep.space(), sweep.objectives().get(0), pruning.rungs().get(0))
              .of(ledger.trials(), spark);
      directory.write(
          SweepPage.FILE,
          new SweepReport(standings, sweep.space(), importance, this::metricsOf)
              .page(directory.location(), List.of(budget.sentence(ledger))));
    }

    /** Of epochs only: rounds are many, and not on the page. */
    private List<MetricsPoint> metricsOf(Trial trial) {
      return RecordedRun.metrics(
              context.hadoop(), plan.directory(trial.number(), sweep.seeds().get(0)))
          .stream()
          .filter(point -> !point.ofRound())
          .toList();
    }

    private JobFailure noResult() {
      return new JobFailure(
          ExitCode.GAVE_UP,
          "No trial of %d has come to a result; the first: %s"
              .formatted(
                  ledger.trials().size(),
                  ledger.trials().stream()
                      .flatMap(trial -> trial.failure().stream())
                      .findFirst()
                      .orElse("it was not trained.")));
    }

    private SweepSummary summary(String sparkVersion) {
      Standings standings = standings();
      return new SweepSummary(
          ledger.trials().size(),
          ledger.epochs(),
          standings.best().map(Trial::number).orElse(null),
          standings.best().map(standings::measures).orElse(Map.of()),
          Versions.of(sparkVersion));
    }
  }

  /**
   * What the job adds to {@code summary.json}.
   *
   * @param trials how many were begun
   * @param epochs how many were trained in all
   * @param best number of the best trial; null if none has come to a rung
   * @param measures of the best trial
   * @param versions names and versions of what was used
   */
  record SweepSummary(
      int trials,
      long epochs,
      Integer best,
      Map<String, Double> measures,
      Map<String, String> versions) {}
}
