/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.predict;

import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Loads images, on an executor. */
interface BatchLoader extends Serializable {
  /**
   * Loads one minibatch.
   *
   * @param batch an element of the RDD
   * @throws org.anodespark.jobs.failure.JobFailure for an image that ends the job
   * @throws IOException if a file system fails
   */
  Batch load(String[] batch) throws IOException;

  /**
   * A minibatch.
   *
   * @param names of the images in it
   * @param input {@code [N, H, W, C]}, normalised; null without images
   * @param unreadable what was no image
   */
  record Batch(List<String> names, INDArray input, List<UnreadableFile> unreadable) {}
}
