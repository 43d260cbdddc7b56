/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.executor;

import org.anodespark.jobs.failure.ExitCode;
import org.anodespark.jobs.failure.JobFailure;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;

/** What a network predicts. */
public final class Probabilities {
  private Probabilities() {}

  /**
   * What comes out, as in prediction.
   *
   * @param network with one input and one output
   * @param input a minibatch
   * @return a probability for each class and example, {@code [N, classes]}
   * @throws JobFailure with exit code 4 if one of them is not a number
   */
  public static INDArray of(ComputationGraph network, INDArray input) {
    INDArray output = network.outputSingle(input);
    if (Double.isNaN(output.sumNumber().doubleValue())) {
      throw new JobFailure(
          ExitCode.DIVERGED,
          "The network gives a probability that is not a number: its parameters or its input are"
              + " out of every range; take the model of an earlier epoch.");
    }
    return output;
  }
}
