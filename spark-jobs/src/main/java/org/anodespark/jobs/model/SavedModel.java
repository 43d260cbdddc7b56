/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.model;

import java.util.Optional;
import org.anodespark.jobs.failure.JobFailure;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * What was in a model's file.
 *
 * @param file where it was, for messages
 * @param network with its parameters, and with the state of its updater if the file has it
 * @param predictor what predicts as the network does: the network, or one in whose place weights
 *     that evolve before the state have evolved already ({@link
 *     org.anodespark.odelayers.EvolvedWeights})
 * @param description what its input and output mean; empty if the file does not say
 */
public record SavedModel(
    String file,
    ComputationGraph network,
    ComputationGraph predictor,
    Optional<ModelDescription> description) {

  /**
   * What its input and output mean, tried out with one image.
   *
   * @throws JobFailure with exit code 2 if the file does not say, or the network does not turn such
   *     an image into such an output
   */
  public ExampleFormat examples() {
    ExampleFormat examples =
        description
            .orElseThrow(
                () ->
                    new ModelRefusal(file)
                        .of(ModelDescription.ENTRY, "is missing, which says what its input means"))
            .examples();
    long[] found;
    try {
      INDArray image =
          Nd4j.zeros(
              network.getConfiguration().getDataType(),
              1,
              examples.height(),
              examples.width(),
              examples.channels());
      found = predictor.outputSingle(image).shape();
    } catch (RuntimeException e) {
      throw new ModelRefusal(file)
          .of(
              ModelDescription.ENTRY,
              "promises images of %dx%d pixels in %d channels, which the network does not take (%s)"
                  .formatted(
                      examples.height(), examples.width(), examples.channels(), e.getMessage()),
              e);
    }
    int classes = examples.classes().size();
    if (found.length != 2 || found[1] != classes) {
      throw new ModelRefusal(file)
          .of(
              ModelDescription.ENTRY,
              "names %d classes, but the network has %d outputs"
                  .formatted(classes, found[found.length - 1]));
    }
    return examples;
  }
}
