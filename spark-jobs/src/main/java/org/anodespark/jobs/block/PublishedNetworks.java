/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.block;

import java.util.function.Function;
import org.anodespark.odelayers.network.ImageNetwork;
import org.anodespark.odelayers.network.published.AlexNet;
import org.anodespark.odelayers.network.published.Design;
import org.anodespark.odelayers.network.published.ResNet;
import org.anodespark.odelayers.network.published.SqueezeNext;

/** The networks of the ANODE papers that {@code model.network} may be. */
public final class PublishedNetworks {
  /** What each name stands for. */
  public static final Choices<Function<Design, ImageNetwork>> CHOICES =
      Choices.<Function<Design, ImageNetwork>>none()
          .and("resnet-4", ResNet::four)
          .and("resnet-10", ResNet::ten)
          .and("resnet-18", ResNet::eighteen)
          .and("alexnet", AlexNet::new)
          .and("squeezenext", SqueezeNext::new);

  private PublishedNetworks() {}

  /**
   * The network of this name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static ImageNetwork of(String name, Design design) {
    return CHOICES.get(name).apply(design);
  }
}
