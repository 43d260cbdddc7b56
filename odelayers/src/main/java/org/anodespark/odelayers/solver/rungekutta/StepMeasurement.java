/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.solver.rungekutta;

import java.util.Optional;
import org.anodespark.odelayers.memory.ArrayPool;
import org.anodespark.odelayers.solver.StepJournal;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What the measures of a step are made of.
 *
 * @param before y at its start
 * @param after y at its end
 * @param error its error estimate; null if that is not measured
 * @param slopeDifference last slope less the one before it; null if stiffness is not measured
 * @param lastArgument argument of the stage before the last one; read if stiffness is measured
 */
record StepMeasurement(
    INDArray before,
    INDArray after,
    INDArray error,
    INDArray slopeDifference,
    INDArray lastArgument) {
  Optional<ScaledError> error(StepJournal journal, ArrayPool pool) {
    return journal
        .tolerance()
        .map(tolerance -> new ScaledError(error, before, after, tolerance, pool));
  }

  Optional<StiffnessQuotient> stiffness(StepJournal journal, ArrayPool pool) {
    return journal.measuresStiffness()
        ? Optional.of(new StiffnessQuotient(slopeDifference, lastArgument, after, pool))
        : Optional.empty();
  }
}
