/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.train;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What is measured of trainings that are compared, by name, and what the names are. */
public final class TrainingMeasures {
  /** Share of test examples that are classified right. */
  public static final String TEST_ACCURACY = "test_accuracy";

  /** Share with the right class among the {@code evaluate.top-k} most probable ones. */
  public static final String TEST_TOP_K_ACCURACY = "test_top_k_accuracy";

  /** Share of validation examples that are classified right; missing without such a split. */
  public static final String VALIDATION_ACCURACY = "validation_accuracy";

  /** Mean loss of the last epoch's train examples, regularisation included. */
  public static final String TRAIN_LOSS = "train_loss";

  /** Evaluations of f in all ODE blocks for one minibatch of the test split, on average. */
  public static final String EVALUATIONS = "evaluations";

  /** Steps of all ODE blocks that were rejected, likewise. */
  public static final String REJECTED_STEPS = "rejected_steps";

  /** Time of all rounds, in seconds. */
  public static final String TRAINING_SECONDS = "training_seconds";

  /** Median time of the prediction of one minibatch, in seconds; measured after the trainings. */
  public static final String PREDICTION_SECONDS = "prediction_seconds";

  private TrainingMeasures() {}

  /** Those of a training at its end or at a pause. */
  public static Map<String, Double> of(LocalTraining.Outcome outcome) {
    Map<String, Double> measures = accuracies(outcome.end());
    measures.put(EVALUATIONS, outcome.testCost().evaluations());
    measures.put(REJECTED_STEPS, outcome.testCost().rejectedSteps());
    measures.put(TRAIN_LOSS, outcome.end().summary().trainLoss());
    measures.put(TRAINING_SECONDS, outcome.end().seconds());
    return measures;
  }

  /** Those of a training whose solves in evaluations are not counted. */
  static Map<String, Double> of(TrainingEnd end) {
    Map<String, Double> measures = accuracies(end);
    measures.put(TRAIN_LOSS, end.summary().trainLoss());
    measures.put(TRAINING_SECONDS, end.seconds());
    return measures;
  }

  private static Map<String, Double> accuracies(TrainingEnd end) {
    Map<String, Double> measures = new LinkedHashMap<>();
    measures.put(TEST_ACCURACY, end.summary().testAccuracy());
    measures.put(TEST_TOP_K_ACCURACY, end.topKAccuracy());
    List<EpochReport> epochs = end.summary().perEpoch();
    Double validation = epochs.get(epochs.size() - 1).validationAccuracy();
    if (validation != null) {
      measures.put(VALIDATION_ACCURACY, validation);
    }
    return measures;
  }
}
