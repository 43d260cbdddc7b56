/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.solver;

import org.anodespark.odelayers.dynamics.KeptEvaluation;
import org.anodespark.odelayers.dynamics.VectorField;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Counts what one solve does: wrapped around the field it sees every evaluation and pullback, so
 * neither methods nor strategies count themselves.
 */
public final class SolveCounter {
  private long forwardEvaluations;
  private long recomputedEvaluations;
  private long pullbacks;
  private long acceptedSteps;
  private long savedBytes;
  private long peakSavedBytes;
  private boolean replaying;

  /** The same field, counted here. */
  public VectorField counting(VectorField field) {
    return new CountingField(field);
  }

  /** From now on evaluations count as recomputed. */
  public void startReplay() {
    replaying = true;
  }

  /** Notes a finished step of the forward pass; steps of a replay do not count. */
  public void acceptStep() {
    if (!replaying) {
      acceptedSteps++;
    }
  }

  /** Notes bytes that are kept for the gradient from now on. */
  public void save(long bytes) {
    savedBytes += bytes;
    peakSavedBytes = Math.max(peakSavedBytes, savedBytes);
  }

  /** Notes bytes that are no longer kept. */
  public void free(long bytes) {
    savedBytes -= bytes;
  }

  /** The counts up to now. */
  public SolveStatistics statistics() {
    return new SolveStatistics(
        forwardEvaluations, recomputedEvaluations, pullbacks, acceptedSteps, 0, peakSavedBytes);
  }

  private void countEvaluation() {
    if (replaying) {
      recomputedEvaluations++;
    } else {
      forwardEvaluations++;
    }
  }

  private final class CountingField implements VectorField {
    private final VectorField field;

    CountingField(VectorField field) {
      this.field = field;
    }

    @Override
    public void evaluate(double t, INDArray y, INDArray out) {
      countEvaluation();
      field.evaluate(t, y, out);
    }

    @Override
    public KeptEvaluation evaluateAndKeep(double t, INDArray y, INDArray out) {
      countEvaluation();
      KeptEvaluation kept = field.evaluateAndKeep(t, y, out);
      save(kept.keptBytes());
      return new CountingEvaluation(kept);
    }
  }

  private final class CountingEvaluation implements KeptEvaluation {
    private final KeptEvaluation kept;

    CountingEvaluation(KeptEvaluation kept) {
      this.kept = kept;
    }

    @Override
    public void pullback(INDArray cotangent, INDArray out) {
      pullbacks++;
      kept.pullback(cotangent, out);
    }

    @Override
    public long keptBytes() {
      return kept.keptBytes();
    }

    @Override
    public void close() {
      free(kept.keptBytes());
      kept.close();
    }
  }
}
