/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.experiment;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.anodespark.jobs.experiment.series.SeriesResult;
import org.anodespark.jobs.train.AdjointErrors;
import org.anodespark.jobs.train.LocalTraining;
import org.anodespark.jobs.train.TrainingSummary;

/** Names of what is measured of each cell. */
final class Measures {
  /** Share of test examples that are classified right. */
  static final String TEST_ACCURACY = "test_accuracy";

  /** Error of predictions, as the problem defines it. */
  static final String TEST_LOSS = "test_loss";

  /** Mean loss of the last epoch's train examples, regularisation included. */
  static final String TRAIN_LOSS = "train_loss";

  /** Evaluations of f in all ODE blocks for one minibatch of the test split, on average. */
  static final String EVALUATIONS = "evaluations";

  /** Steps of all ODE blocks that were rejected, likewise. */
  static final String REJECTED_STEPS = "rejected_steps";

  /** Time of all rounds, in seconds. */
  static final String TRAINING_SECONDS = "training_seconds";

  /** Median time of the prediction of one minibatch, in seconds. */
  static final String PREDICTION_SECONDS = "prediction_seconds";

  /** Evaluations of f in that prediction. */
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
    measures.put(TRAIN_LOSS, errors.loss());
    return measures;
  }

  /** Those of a training. */
  static Map<String, Double> of(LocalTraining.Outcome outcome) {
    TrainingSummary summary = outcome.summary();
    Map<String, Double> measures = new LinkedHashMap<>();
    measures.put(TEST_ACCURACY, summary.testAccuracy());
    measures.put(EVALUATIONS, outcome.testCost().evaluations());
    measures.put(REJECTED_STEPS, outcome.testCost().rejectedSteps());
    measures.put(TRAIN_LOSS, summary.trainLoss());
    measures.put(TRAINING_SECONDS, outcome.seconds());
    return measures;
  }

  /** Those of a training on a series. */
  static Map<String, Double> of(SeriesResult result) {
    List<Double> losses = result.lossCurve();
    Map<String, Double> measures = new LinkedHashMap<>();
    measures.put(TEST_LOSS, result.testLoss());
    measures.put(EVALUATIONS, result.evaluations());
    measures.put(TRAIN_LOSS, losses.get(losses.size() - 1));
    measures.put(TRAINING_SECONDS, result.trainingSeconds());
    measures.put(PREDICTION_SECONDS, result.predictionSeconds());
    return measures;
  }
}
