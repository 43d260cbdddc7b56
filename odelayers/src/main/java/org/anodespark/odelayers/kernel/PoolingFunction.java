/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.kernel;

/** What a pooling window makes of the entries that it covers, channel by channel. */
public enum PoolingFunction {
  /** The greatest entry of the image. */
  MAXIMUM,
  /** The average over the entries of the image; padding is not counted. */
  AVERAGE,
  /** The average over all entries of the window; padding counts as zeros. */
  AVERAGE_WITH_PADDING
}
