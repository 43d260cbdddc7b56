/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.conversion;

import org.deeplearning4j.nn.conf.graph.MergeVertex;

/**
 * Puts the channels of channels-last images side by side. DL4J's {@link MergeVertex} does so too,
 * but its clones forget on which axis.
 */
public final class ChannelsLastMerge extends MergeVertex {
  private static final long serialVersionUID = 1L;
  private static final int CHANNELS = 3;

  /** The vertex; it has no settings. */
  public ChannelsLastMerge() {
    setMergeAxis(CHANNELS);
  }

  @Override
  public ChannelsLastMerge clone() {
    return new ChannelsLastMerge();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ChannelsLastMerge;
  }

  @Override
  public int hashCode() {
    return ChannelsLastMerge.class.hashCode();
  }

  @Override
  public String toString() {
    return "ChannelsLastMerge()";
  }
}
