/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.solver.rungekutta;

import java.util.function.Consumer;
import org.anodespark.odelayers.memory.ArrayPool;
import org.anodespark.odelayers.solver.SolverState;
import org.anodespark.odelayers.solver.Step;
import org.anodespark.odelayers.solver.StepCotangent;
import org.anodespark.odelayers.solver.StepJournal;
import org.anodespark.odelayers.solver.StepTape;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A recorded step with what its measures are made of. */
final class MeasuredTape implements StepTape {
  private final ButcherTableau tableau;
  private final Step step;
  private final StageTape stages;
  private final StepJournal journal;
  private final ArrayPool pool;
  private final StepMeasurement measurement;
  private final Consumer<StageSeeds> integrals;
  private boolean closed;

  /**
   * @param integrals seeds the gradient of what was integrated over the step
   */
  MeasuredTape(
      ButcherTableau tableau,
      Step step,
      StageTape stages,
      StepMeasurement measurement,
      Consumer<StageSeeds> integrals,
      StepJournal journal,
      ArrayPool pool) {
    this.tableau = tableau;
    this.step = step;
    this.stages = stages;
    this.measurement = measurement;
    this.integrals = integrals;
    this.journal = journal;
    this.pool = pool;
  }

  @Override
  public void pullback(SolverState adjoint) {
    StepCotangent cotangent = journal.cotangent(step);
    StageSeeds seeds = new StageSeeds();
    if (cotangent.error() != 0) {
      measurement
          .error(journal, pool)
          .ifPresent(error -> error.seed(cotangent.error(), this::errorWeight, seeds));
    }
    if (cotangent.stiffness() != 0) {
      measurement
          .stiffness(journal, pool)
          .ifPresent(
              stiffness -> stiffness.seed(cotangent.stiffness(), tableau.stages() - 1, seeds));
    }
    integrals.accept(seeds);
    stages.pullback(adjoint, seeds);
    seeds.giveBack(pool);
  }

  private double errorWeight(int stage) {
    return step.length() * tableau.errorWeight(stage);
  }

  @Override
  public long keptBytes() {
    return stages.keptBytes() + bytes(measurement.error()) + bytes(measurement.slopeDifference());
  }

  private static long bytes(INDArray array) {
    return array == null ? 0 : ArrayPool.bytes(array);
  }

  @Override
  public void close() {
    stages.close();
    if (!closed) {
      closed = true;
      giveBack(measurement.error());
      giveBack(measurement.slopeDifference());
    }
  }

  private void giveBack(INDArray array) {
    if (array != null) {
      pool.giveBack(array);
    }
  }
}
