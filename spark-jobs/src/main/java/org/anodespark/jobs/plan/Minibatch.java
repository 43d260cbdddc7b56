/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.plan;

import java.util.List;

/**
 * The examples of one parameter update of one worker.
 *
 * @param number position in the epoch, from 0
 * @param examples positions in the data set, each in [0, size of the data set), in training order
 */
public record Minibatch(int number, List<Integer> examples) {
  public Minibatch {
    examples = List.copyOf(examples);
  }

  /** The number of examples, at least 1. */
  public int size() {
    return examples.size();
  }
}
