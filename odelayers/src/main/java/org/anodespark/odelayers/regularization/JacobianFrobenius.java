/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.regularization;

import org.anodespark.odelayers.dynamics.VectorField;
import org.anodespark.odelayers.kernel.Jet;
import org.anodespark.odelayers.kernel.LinearCombination;
import org.anodespark.odelayers.memory.ArrayPool;
import org.anodespark.odelayers.solver.InitialValueProblem;
import org.anodespark.odelayers.solver.StageIntegrand;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.random.impl.BernoulliDistribution;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.schedule.ISchedule;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Regularises how much f differs between neighbouring states: the integral of the mean over all
 * entries of {@code (J e)^2}, J = df/dy. The entries of e are 1 or -1 with equal probability, drawn
 * once per solve from ND4J's generator of the thread, as random numbers of dropout are. The
 * expected value is the squared Frobenius norm of J divided by the number of entries of the state
 * (Hutchinson's estimate).
 *
 * <p>Needs a field that has a {@linkplain VectorField#jet jet}. Costs two Taylor coefficients for
 * each stage of a trial, and once more two and their pullbacks for each stage in the backward pass.
 *
 * <p>Source: as {@link KineticEnergy}.
 */
public final class JacobianFrobenius extends IntegralRegularizer {
  private static final long serialVersionUID = 1L;

  /**
   * @param coefficient constant, finite, not negative
   */
  public JacobianFrobenius(double coefficient) {
    this(constant(coefficient));
  }

  /**
   * @param coefficient over the training
   */
  @JsonCreator
  public JacobianFrobenius(@JsonProperty("coefficient") ISchedule coefficient) {
    super(coefficient);
  }

  /** The direction. */
  @Override
  public int statesKept() {
    return 1;
  }

  @Override
  public StageIntegrand integrand(InitialValueProblem problem, INDArray y0) {
    Requirements.requireJet(problem);
    INDArray direction = problem.pool().borrow(y0.shape());
    Nd4j.getExecutioner().exec(new BernoulliDistribution(direction, 0.5));
    direction.muli(2.0).subi(1.0);
    problem.counter().save(ArrayPool.bytes(direction));
    return new SquaredProduct(direction, problem);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof JacobianFrobenius that && coefficient().equals(that.coefficient());
  }

  @Override
  public int hashCode() {
    return 31 * JacobianFrobenius.class.hashCode() + coefficient().hashCode();
  }

  @Override
  public String toString() {
    return "JacobianFrobenius(" + coefficient() + ")";
  }

  private static final class SquaredProduct implements StageIntegrand {
    private final INDArray direction;
    private final InitialValueProblem problem;
    private boolean closed;

    SquaredProduct(INDArray direction, InitialValueProblem problem) {
      this.direction = direction;
      this.problem = problem;
    }

    @Override
    public double value(VectorField field, double t, INDArray y, INDArray slope, ArrayPool pool) {
      INDArray f = pool.borrow(y.shape());
      INDArray product = pool.borrow(y.shape());
      try (Jet jet = field.jet(t, 0.0)) {
        jet.next(y, f);
        jet.next(direction, product);
        return MeanSquare.of(product);
      } finally {
        pool.giveBack(f);
        pool.giveBack(product);
      }
    }

    @Override
    public void addToArgument(
        VectorField field, double t, INDArray y, double weight, INDArray gradient, ArrayPool pool) {
      INDArray f = pool.borrow(y.shape());
      INDArray product = pool.borrow(y.shape());
      INDArray cotangent = pool.borrow(y.shape());
      INDArray result = pool.borrow(y.shape());
      try (Jet jet = field.jet(t, 0.0)) {
        jet.next(y, f);
        jet.next(direction, product);
        cotangent.assign(0.0);
        MeanSquare.addGradient(product, weight, cotangent);
        jet.pullback(cotangent, result);
        cotangent.assign(0.0);
        jet.pullback(cotangent, result);
        LinearCombination.add(gradient, 1.0, result);
      } finally {
        pool.giveBack(f);
        pool.giveBack(product);
        pool.giveBack(cotangent);
        pool.giveBack(result);
      }
    }

    @Override
    public void close() {
      if (!closed) {
        closed = true;
        problem.counter().free(ArrayPool.bytes(direction));
        problem.pool().giveBack(direction);
      }
    }
  }
}
