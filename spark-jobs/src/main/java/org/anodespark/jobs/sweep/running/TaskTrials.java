/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.sweep.running;

import java.util.Optional;
import org.anodespark.jobs.config.ResolvedSettings;
import org.anodespark.jobs.config.SettingsLoader;
import org.anodespark.jobs.executor.OneTask;
import org.anodespark.jobs.sweep.ledger.RungRun;
import org.anodespark.jobs.train.TaskTraining;
import org.anodespark.jobs.train.TrainingMeasures;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.util.SerializableConfiguration;

/** Trainings each of which is one task of Spark. */
public final class TaskTrials implements PlannedTrials.Trainer {
  private final OneTask tasks;
  private final TaskTraining training;
  private final Configuration hadoop;

  /**
   * Makes a way to train.
   *
   * @param tasks runs the tasks
   * @param training what a task does
   * @param hadoop where file systems are configured
   */
  public TaskTrials(OneTask tasks, TaskTraining training, Configuration hadoop) {
    this.tasks = tasks;
    this.training = training;
    this.hadoop = hadoop;
  }

  @Override
  public Optional<String> train(RungRun run, ResolvedSettings settings) {
    Task task =
        new Task(
            settings.rendered(), run.epochs(), training, new SerializableConfiguration(hadoop));
    String failure = tasks.run(run.toString(), "Training " + run, task);
    return failure.isEmpty() ? Optional.empty() : Optional.of(failure);
  }

  private record Task(
      String settings, int epochs, TaskTraining training, SerializableConfiguration hadoop)
      implements OneTask.Work<String> {
    /** Why the training failed by itself, which Spark need not try again; empty if it did not. */
    @Override
    public String run() {
      try {
        ResolvedSettings resolved = SettingsLoader.parse(settings);
        RungFile.write(
            hadoop.value(),
            resolved.settings().run().dir(),
            epochs,
            TrainingMeasures.of(training.run(resolved, hadoop.value(), epochs)));
        return "";
      } catch (RuntimeException e) {
        return OwnFailure.of(e).orElseThrow(() -> e);
      } catch (OutOfMemoryError e) {
        return OwnFailure.of(e).orElseThrow(() -> e);
      }
    }
  }
}
