/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.data;

import java.io.Serializable;

/**
 * What came of reading one shard again. It travels from an executor to the driver.
 *
 * @param split the shard's split
 * @param file the shard's name
 * @param problem what is wrong with it, as the end of a sentence that begins with the file; null if
 *     it is as the manifest says
 * @param classCounts of its records; zeros where there is a problem
 * @param histogram of its pixels; empty where there is a problem
 */
record ShardFindings(
    SplitName split,
    String file,
    String problem,
    ClassCounts classCounts,
    ChannelHistogram histogram)
    implements Serializable {

  /** A shard that is as the manifest says. */
  static ShardFindings sound(
      SplitName split, String file, ClassCounts classCounts, ChannelHistogram histogram) {
    return new ShardFindings(split, file, null, classCounts, histogram);
  }

  /** A shard that is not. */
  static ShardFindings damaged(SplitName split, String file, String problem, RecordLayout layout) {
    return new ShardFindings(
        split, file, problem, new ClassCounts(layout), new ChannelHistogram(layout));
  }
}
