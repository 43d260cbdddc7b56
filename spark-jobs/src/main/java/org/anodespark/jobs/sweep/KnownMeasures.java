/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.sweep;

import java.util.ArrayList;
import java.util.List;
import org.anodespark.jobs.config.NearestName;
import org.anodespark.jobs.config.Objective;
import org.anodespark.jobs.config.SweepSettings;
import org.anodespark.jobs.failure.JobFailure;
import org.anodespark.jobs.train.TrainingMeasures;

/** What trials will report under the settings of a sweep. */
final class KnownMeasures {
  private KnownMeasures() {}

  /**
   * Looks whether trials will report the objectives.
   *
   * @param validation whether the data set has a validation split
   * @throws JobFailure exit code 2, if they will not
   */
  static void requireObjectives(SweepSettings sweep, boolean validation) {
    List<String> known = new ArrayList<>();
    known.add(TrainingMeasures.TEST_ACCURACY);
    known.add(TrainingMeasures.TEST_TOP_K_ACCURACY);
    if (validation) {
      known.add(TrainingMeasures.VALIDATION_ACCURACY);
    }
    known.add(TrainingMeasures.TRAIN_LOSS);
    if (sweep.trialsAs().equals(SweepSettings.TASK)) {
      known.add(TrainingMeasures.EVALUATIONS);
      known.add(TrainingMeasures.REJECTED_STEPS);
    }
    known.add(TrainingMeasures.TRAINING_SECONDS);
    for (Objective objective : sweep.objectives()) {
      if (!known.contains(objective.measure())) {
        throw unknown(objective.measure(), known);
      }
      // measured at the end, so nothing can be decided by it on the way
      known.add(TrainingMeasures.PREDICTION_SECONDS);
    }
  }

  private static JobFailure unknown(String measure, List<String> known) {
    String advice =
        measure.equals(TrainingMeasures.PREDICTION_SECONDS)
            ? ", and prediction_seconds as the second objective only"
            : measure.equals(TrainingMeasures.VALIDATION_ACCURACY)
                ? "; prepare the data with data.validation to hold images out"
                : NearestName.of(measure, known)
                    .map(name -> "; did you mean " + name + "?")
                    .orElse("");
    return JobFailure.badConfiguration(
        "sweep.objectives has the measure %s, which no trial reports: expected one of %s%s."
            .formatted(measure, String.join(", ", known), advice)
            .replace("?.", "?"));
  }
}
