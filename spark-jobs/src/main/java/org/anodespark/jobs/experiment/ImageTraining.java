/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.experiment;

import java.util.Map;
import org.anodespark.jobs.config.ResolvedSettings;
import org.anodespark.jobs.train.TaskTraining;
import org.anodespark.jobs.train.TrainingMeasures;
import org.apache.hadoop.conf.Configuration;

/** A training as of the job {@code train}, in one thread. */
final class ImageTraining implements CellWork {
  private static final long serialVersionUID = 1L;

  private final TaskTraining training;

  ImageTraining(TaskTraining training) {
    this.training = training;
  }

  @Override
  public Map<String, Double> run(ResolvedSettings settings, Configuration hadoop) {
    int epochs = settings.settings().train().epochs();
    return TrainingMeasures.of(training.run(settings, hadoop, epochs));
  }
}
