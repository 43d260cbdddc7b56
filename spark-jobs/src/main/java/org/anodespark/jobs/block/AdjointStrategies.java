/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.block;

import java.util.function.IntFunction;
import org.anodespark.odelayers.adjoint.AdjointStrategy;
import org.anodespark.odelayers.adjoint.AnodeCheckpoint;
import org.anodespark.odelayers.adjoint.FullStorage;
import org.anodespark.odelayers.adjoint.Interpolated;
import org.anodespark.odelayers.adjoint.OnlineCheckpoint;
import org.anodespark.odelayers.adjoint.ReverseTime;
import org.anodespark.odelayers.adjoint.Reversible;
import org.anodespark.odelayers.adjoint.Revolve;
import org.anodespark.odelayers.adjoint.StepCheckpoint;

/** What {@code model.block.adjoint} may be. */
public final class AdjointStrategies {
  /** A new strategy for each name, told how many snapshots it may keep. */
  public static final Choices<IntFunction<AdjointStrategy>> CHOICES =
      Choices.<IntFunction<AdjointStrategy>>none()
          .and("full", snapshots -> new FullStorage())
          .and("anode", snapshots -> new AnodeCheckpoint())
          .and("step", snapshots -> new StepCheckpoint())
          .and("revolve", Revolve::new)
          .and("online", OnlineCheckpoint::new)
          .and("anode-revolve", snapshots -> new AnodeCheckpoint(new Revolve(snapshots)))
          .and("reverse-time", snapshots -> new ReverseTime())
          .and("interpolated", snapshots -> new Interpolated())
          .and("reversible", snapshots -> new Reversible());

  private AdjointStrategies() {}
}
