/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.block;

import java.util.Arrays;
import java.util.List;

/**
 * The networks of the ANODE papers that {@code model.network} may be. Only named here: the launcher
 * checks settings without the library that networks are built of.
 */
public enum PublishedNetwork {
  RESNET_4("resnet-4"),
  RESNET_10("resnet-10"),
  RESNET_18("resnet-18"),
  ALEXNET("alexnet"),
  SQUEEZENEXT("squeezenext");

  private final String setting;

  PublishedNetwork(String setting) {
    this.setting = setting;
  }

  /** What the setting says for each. */
  public static List<String> names() {
    return Arrays.stream(values()).map(network -> network.setting).toList();
  }

  /**
   * The network of this name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static PublishedNetwork of(String name) {
    return Arrays.stream(values())
        .filter(network -> network.setting.equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "\"" + name + "\" is none of " + String.join(", ", names()) + "."));
  }
}
