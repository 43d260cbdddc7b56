/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.block;

import org.anodespark.odelayers.network.published.BlockKind;

/** What {@code model.blocks} may be. */
public final class BlockKinds {
  /** Every residual block is an ODE. */
  public static final String ODE = "ode";

  /** What each name stands for. */
  public static final Choices<BlockKind> CHOICES =
      Choices.<BlockKind>none().and(ODE, BlockKind.ODE).and("residual", BlockKind.RESIDUAL);

  private BlockKinds() {}

  /**
   * The kind of this name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static BlockKind of(String name) {
    return CHOICES.get(name);
  }
}
