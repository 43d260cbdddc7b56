/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.data;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * All that the shards of a data set depend on. Preparations with equal plans make equal shards.
 *
 * @param formatVersion of the shards and the manifest
 * @param description of the data set, which names seed and number of validation images
 * @param source see {@link ImageSource#identity()}
 * @param recordsPerShard in each shard but the last of a split
 * @param splits to be made
 */
record PreparationPlan(
    int formatVersion,
    DataSetDescription description,
    String source,
    int recordsPerShard,
    List<SplitName> splits) {

  /** A text that is equal for equal plans, and for no others. */
  byte[] toBytes() {
    try {
      return (new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(this) + "\n")
          .getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("not a JSON value: " + this, e);
    }
  }
}
