/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.train;

import java.util.Map;
import org.anodespark.jobs.data.RawImage;
import org.anodespark.jobs.evaluate.Classification;
import org.deeplearning4j.nn.graph.ComputationGraph;

/** {@link TrainingWork}, and what is wanted of a network when its training is over. */
interface TrainingEngine extends TrainingWork {
  /** How a network does on the test split: as evaluated last, if it was. */
  Classification classification(ComputationGraph network);

  /**
   * The images of the test split that show the commonest mistakes.
   *
   * @return by example; empty if there was no mistake
   * @throws org.anodespark.jobs.failure.JobFailure if they cannot be read
   */
  Map<Integer, RawImage> mistakes(Classification classification);
}
