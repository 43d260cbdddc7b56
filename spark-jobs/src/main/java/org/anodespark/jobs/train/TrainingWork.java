/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.train;

import java.util.OptionalDouble;
import org.anodespark.jobs.plan.Round;
import org.deeplearning4j.nn.graph.ComputationGraph;

/** What a {@link Trainer} has done for it, by Spark. */
interface TrainingWork {
  /**
   * Trains a round of a network: all of it, or nothing and an exception.
   *
   * @throws org.anodespark.jobs.failure.JobFailure when it diverges, exit code 4
   * @throws RoundTookTooLong when it was cancelled for that
   */
  RoundReport train(ComputationGraph network, Round round);

  /**
   * The share of test examples that a network classifies right, in [0, 1].
   *
   * @param description what for
   */
  double testAccuracy(ComputationGraph network, String description);

  /**
   * The share of validation examples that a network classifies right, in [0, 1].
   *
   * @param description what for
   * @return nothing if there is no validation split
   */
  OptionalDouble validationAccuracy(ComputationGraph network, String description);

  /** Whether there is no more Spark to repeat anything with. */
  boolean sparkStopped();
}
