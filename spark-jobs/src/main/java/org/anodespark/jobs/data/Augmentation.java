/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.data;

import java.io.Serializable;
import org.anodespark.jobs.failure.JobFailure;

/**
 * How train images are changed, differently each time they are seen.
 *
 * @param flip mirror left to right with probability 1/2
 * @param cropPadding shift by up to this many pixels, each direction by itself; 0 or more, less
 *     than the side of an image. What comes in from outside has the mean colour, which is 0 after
 *     normalisation
 * @param labelSmoothing the share of each label that is divided among all classes, in [0, 1) (C.
 *     Szegedy et al., "Rethinking the Inception Architecture for Computer Vision", 2016, section 7)
 */
public record Augmentation(boolean flip, int cropPadding, double labelSmoothing)
    implements Serializable {
  /** Leaves images as they are. */
  public static final Augmentation NONE = new Augmentation(false, 0);

  /** With labels as they are. */
  public Augmentation(boolean flip, int cropPadding) {
    this(flip, cropPadding, 0);
  }

  public Augmentation {
    if (cropPadding < 0) {
      throw JobFailure.badConfiguration(
          "data.augment.crop-padding is " + cropPadding + ", expected 0 or more.");
    }
  }
}
