/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.data;

import java.io.IOException;
import java.io.Serializable;
import java.util.List;

/** Reads images of one split as the shards hold them, in whatever process it is sent to. */
@FunctionalInterface
public interface RawImages extends Serializable {
  /**
   * Reads.
   *
   * @param examples indices within the split
   * @return an image for each, in the same order
   * @throws IllegalArgumentException if the split has no such example
   * @throws org.anodespark.jobs.failure.JobFailure if a shard is missing or damaged
   * @throws IOException if the file system fails
   */
  List<RawImage> read(List<Integer> examples) throws IOException;
}
