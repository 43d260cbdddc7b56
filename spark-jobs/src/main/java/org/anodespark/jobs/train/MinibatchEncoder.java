/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.train;

import org.anodespark.jobs.plan.Minibatch;

/** Writes a minibatch of a plan as the text from which the data's loader makes a data set. */
@FunctionalInterface
public interface MinibatchEncoder {
  /**
   * The text, which must be a valid URI: dl4j-spark asks it for a file system.
   *
   * @param epoch from 1
   * @param minibatch of that epoch
   */
  String encode(int epoch, Minibatch minibatch);
}
