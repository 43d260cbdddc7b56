/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.block;

/**
 * The networks of the ANODE papers that {@code model.network} may be. Only named here: the launcher
 * checks settings without the library that networks are built of.
 */
public enum PublishedNetwork {
  RESNET_4,
  RESNET_10,
  RESNET_18,
  ALEXNET,
  SQUEEZENEXT;

  /** What each name stands for. */
  public static final Choices<PublishedNetwork> CHOICES =
      Choices.<PublishedNetwork>none()
          .and("resnet-4", RESNET_4)
          .and("resnet-10", RESNET_10)
          .and("resnet-18", RESNET_18)
          .and("alexnet", ALEXNET)
          .and("squeezenext", SQUEEZENEXT);

  /**
   * The network of this name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static PublishedNetwork of(String name) {
    return CHOICES.get(name);
  }
}
