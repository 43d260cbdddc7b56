/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.solver;

import java.util.SortedMap;
import java.util.TreeMap;
import org.anodespark.odelayers.dynamics.KeptEvaluation;
import org.anodespark.odelayers.dynamics.VectorField;
import org.anodespark.odelayers.kernel.Jet;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Counts what one solve does: wrapped around the field it sees every evaluation and product, so
 * neither methods nor strategies count those themselves.
 */
public final class SolveCounter {
  private long forwardEvaluations;
  private long recomputedEvaluations;
  private long pullbacks;
  private long pushforwards;
  private long jetCoefficients;
  private long jetPullbacks;
  private long acceptedSteps;
  private long rejectedSteps;
  private double shortestStep = Double.POSITIVE_INFINITY;
  private double longestStep;
  private long savedBytes;
  private long peakSavedBytes;
  private double reconstructionError = Double.NaN;
  private final SortedMap<String, Double> regularizers = new TreeMap<>();
  private boolean backward;

  /** The same field, counted here. */
  public VectorField counting(VectorField field) {
    return new CountingField(field);
  }

  /** From now on evaluations count as recomputed, and steps do not count. */
  public void startBackwardPass() {
    backward = true;
  }

  /** Notes a step that counts. */
  public void acceptStep(Step step) {
    if (!backward) {
      acceptedSteps++;
      shortestStep = Math.min(shortestStep, Math.abs(step.length()));
      longestStep = Math.max(longestStep, Math.abs(step.length()));
    }
  }

  /** Notes a trial step that step control threw away. */
  public void rejectStep() {
    if (!backward) {
      rejectedSteps++;
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

  /** Bytes that are kept for the gradient now. */
  public long savedBytes() {
    return savedBytes;
  }

  /** Notes how far from the true initial state a backward pass arrived; the largest one stays. */
  public void reconstructed(double relativeError) {
    reconstructionError =
        Double.isNaN(reconstructionError)
            ? relativeError
            : Math.max(reconstructionError, relativeError);
  }

  /**
   * Notes the value of a regulariser.
   *
   * @param name tells it from the others of the solve
   * @param value without its coefficient
   */
  public void regularized(String name, double value) {
    regularizers.put(name, value);
  }

  /** The counts up to now. */
  public SolveStatistics statistics() {
    return new SolveStatistics(
        forwardEvaluations,
        recomputedEvaluations,
        pullbacks,
        pushforwards,
        jetCoefficients,
        jetPullbacks,
        acceptedSteps,
        rejectedSteps,
        shortestStep,
        longestStep,
        peakSavedBytes,
        reconstructionError,
        regularizers);
  }

  private void countEvaluation() {
    if (backward) {
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

    @Override
    public VectorField backwards() {
      return new CountingField(field.backwards());
    }

    @Override
    public Jet jet(double time, double rate) {
      return new CountingJet(field.jet(time, rate));
    }

    @Override
    public INDArray parameterGradient() {
      return field.parameterGradient();
    }

    @Override
    public String locateNonFinite(double t, INDArray y) {
      return field.locateNonFinite(t, y);
    }
  }

  private final class CountingJet implements Jet {
    private final Jet jet;

    CountingJet(Jet jet) {
      this.jet = jet;
    }

    @Override
    public void next(INDArray x, INDArray y) {
      jetCoefficients++;
      jet.next(x, y);
    }

    @Override
    public void pullback(INDArray dy, INDArray dx) {
      jetPullbacks++;
      jet.pullback(dy, dx);
    }

    @Override
    public void close() {
      jet.close();
    }
  }

  private final class CountingEvaluation implements KeptEvaluation {
    private final KeptEvaluation kept;

    CountingEvaluation(KeptEvaluation kept) {
      this.kept = kept;
    }

    @Override
    public void pullback(INDArray cotangent, double parameterScale, INDArray out) {
      pullbacks++;
      kept.pullback(cotangent, parameterScale, out);
    }

    @Override
    public void pushforward(INDArray tangent, INDArray out) {
      pushforwards++;
      kept.pushforward(tangent, out);
    }

    @Override
    public boolean readsResult() {
      return kept.readsResult();
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
