/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.sweep.running;

import com.typesafe.config.ConfigRenderOptions;
import java.util.Map;
import org.anodespark.jobs.config.ResolvedSettings;
import org.anodespark.jobs.config.SettingsLoader;
import org.anodespark.jobs.executor.OneTask;
import org.anodespark.jobs.sweep.ledger.RungRun;
import org.anodespark.jobs.sweep.search.Assignment;
import org.anodespark.jobs.train.TaskTraining;
import org.anodespark.jobs.train.TrainingMeasures;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.util.SerializableConfiguration;

/** Trainings each of which is one task of Spark. */
public final class TaskTrials implements ConcurrentRungs.Training {
  private final TrialPlan plan;
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
  public TaskTrials(TrialPlan plan, OneTask tasks, TaskTraining training, Configuration hadoop) {
    this.plan = plan;
    this.tasks = tasks;
    this.training = training;
    this.hadoop = hadoop;
  }

  @Override
  public Map<String, Double> run(RungRun run, Assignment assignment) {
    String directory = plan.directory(run.trial(), run.seed());
    ResolvedSettings settings = plan.settings(run.trial(), run.seed(), assignment);
    if (RungFile.read(hadoop, directory, run.epochs()).isEmpty()) {
      Task task =
          new Task(
              settings.config().root().render(ConfigRenderOptions.concise()),
              run.epochs(),
              training,
              new SerializableConfiguration(hadoop));
      tasks.run(run.toString(), "Training " + run, task);
    }
    return RungFile.read(hadoop, directory, run.epochs()).orElseThrow();
  }

  private record Task(
      String settings, int epochs, TaskTraining training, SerializableConfiguration hadoop)
      implements OneTask.Work<Boolean> {
    @Override
    public Boolean run() {
      ResolvedSettings resolved = SettingsLoader.parse(settings);
      RungFile.write(
          hadoop.value(),
          resolved.settings().run().dir(),
          epochs,
          TrainingMeasures.of(training.run(resolved, hadoop.value(), epochs)));
      return true;
    }
  }
}
