/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.train;

import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.anodespark.jobs.config.Settings;
import org.anodespark.jobs.executor.NativeMemory;
import org.anodespark.jobs.executor.NativeMemoryNeed;
import org.anodespark.jobs.job.JobContext;
import org.anodespark.jobs.run.RunRecorder;

/**
 * What the job {@code train} does, done by the thread that asks for it: the same files in {@code
 * run.dir}, and the same bits, if {@code averaging.merge} is {@code ordered}.
 */
public final class LocalTraining {
  private final NetworkFactory networks;
  private final SolveStatisticsReader statistics;

  /**
   * What came of it.
   *
   * @param end of the training, or its pause
   * @param testCost what solves take in an evaluation of the test split
   */
  public record Outcome(TrainingEnd end, TestCost testCost) {}

  /**
   * Makes one.
   *
   * @param networks builds the network to train
   * @param statistics reads what it counted
   */
  public LocalTraining(NetworkFactory networks, SolveStatisticsReader statistics) {
    this.networks = networks;
    this.statistics = statistics;
  }

  /**
   * Trains, or goes on from the latest checkpoint in {@code run.dir}.
   *
   * @param pauseAfter the epoch after which to pause, if the training is not over by then
   * @param context its {@code spark} is not used
   * @param versions names and versions of what is used
   * @param budget of this process
   * @param executor id of this process, for the summary
   * @param host where it runs
   * @param stop whether to end, asked between two rounds
   * @throws org.anodespark.jobs.failure.JobFailure as the job {@code train} does
   */
  public Outcome run(
      int pauseAfter,
      JobContext context,
      Map<String, String> versions,
      Function<NativeMemoryNeed, NativeMemory> budget,
      String executor,
      String host,
      BooleanSupplier stop) {
    Settings settings = context.settings();
    TrainingData data =
        ShardedTrainingData.open(settings, context.hadoop(), context.out()::println);
    Training training = Training.prepare(settings, data, networks, budget);
    AtomicReference<Outcome> outcome = new AtomicReference<>();
    RunRecorder.recordOrContinue(
        context,
        recorder -> {
          OuterOptimizer outer = training.newOuterOptimizer();
          LocalTrainingEngine engine =
              new LocalTrainingEngine(settings, data, statistics, outer, executor, host);
          TrainingEnd end =
              training.run(recorder, engine, outer, versions, pauseAfter, stop, List.of());
          outcome.set(new Outcome(end, engine.testCost()));
        });
    return outcome.get();
  }
}
