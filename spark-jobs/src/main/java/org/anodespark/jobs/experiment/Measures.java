/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.experiment;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.anodespark.jobs.experiment.series.SeriesResult;
import org.anodespark.jobs.train.AdjointErrors;
import org.anodespark.jobs.train.PredictionTimings;
import org.anodespark.jobs.train.TrainingMeasures;

/** Names of what is measured of each cell. */
final class Measures {
  /** Error of predictions, as the problem defines it. */
  static final String TEST_LOSS = "test_loss";

  /** Evaluations of f in the prediction that is timed. */
  static final String TIMED_EVALUATIONS = "timed_evaluations";

  /** Relative distance of a gradient from the exact one. */
  static final String GRADIENT_ERROR = "gradient_error";

  /** Relative distance of an initial state that was solved for backwards from the true one. */
  static final String RECONSTRUCTION_ERROR = "reconstruction_error";

  private Measures() {}

  /** Those of a comparison of gradients. */
  static Map<String, Double> of(AdjointErrors.Found errors) {
    Map<String, Double> measures = new LinkedHashMap<>();
    measures.put(GRADIENT_ERROR, errors.ofGradient());
    measures.put(RECONSTRUCTION_ERROR, errors.ofReconstruction());
    measures.put(TrainingMeasures.TRAIN_LOSS, errors.loss());
    return measures;
  }

  /** Those of the predictions of a network. */
  static Map<String, Double> of(PredictionTimings.Timing timing) {
    Map<String, Double> measures = new LinkedHashMap<>();
    measures.put(TrainingMeasures.PREDICTION_SECONDS, timing.seconds());
    measures.put(TIMED_EVALUATIONS, timing.evaluations());
    return measures;
  }

  /** Those of a training on a series. */
  static Map<String, Double> of(SeriesResult result) {
    List<Double> losses = result.lossCurve();
    Map<String, Double> measures = new LinkedHashMap<>();
    measures.put(TEST_LOSS, result.testLoss());
    measures.put(TrainingMeasures.EVALUATIONS, result.evaluations());
    measures.put(TrainingMeasures.TRAIN_LOSS, losses.get(losses.size() - 1));
    measures.put(TrainingMeasures.TRAINING_SECONDS, result.trainingSeconds());
    measures.put(TrainingMeasures.PREDICTION_SECONDS, result.predictionSeconds());
    return measures;
  }
}
