/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.examples.plugin;

import org.anodespark.odelayers.dynamics.KeptEvaluation;
import org.anodespark.odelayers.dynamics.VectorField;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A vector field from outside the library: prey x and predators y with four parameters,
 *
 * <pre>x' = growth x - hunting x y,    y' = feeding x y - dying y</pre>
 *
 * (Lotka, 1925; Volterra, 1926). A state has shape {@code [N, 2]}: N habitats, x and y of each.
 */
public final class PredatorPrey implements VectorField {
  private final double growth;
  private final double hunting;
  private final double feeding;
  private final double dying;
  private final INDArray parameterGradient = Nd4j.zeros(DataType.DOUBLE, 4);

  /**
   * @param growth births for each prey and time
   * @param hunting deaths for each prey, predator and time
   * @param feeding births for each predator, prey and time
   * @param dying deaths for each predator and time
   */
  public PredatorPrey(double growth, double hunting, double feeding, double dying) {
    this.growth = growth;
    this.hunting = hunting;
    this.feeding = feeding;
    this.dying = dying;
  }

  @Override
  public void evaluate(double t, INDArray state, INDArray out) {
    for (long i = 0; i < state.size(0); i++) {
      double x = state.getDouble(i, 0);
      double y = state.getDouble(i, 1);
      out.putScalar(i, 0, growth * x - hunting * x * y);
      out.putScalar(i, 1, feeding * x * y - dying * y);
    }
  }

  @Override
  public KeptEvaluation evaluateAndKeep(double t, INDArray state, INDArray out) {
    evaluate(t, state, out);
    return new Evaluation(state);
  }

  /** Gradient with respect to growth, hunting, feeding, dying. */
  @Override
  public INDArray parameterGradient() {
    return parameterGradient;
  }

  private void addToGradient(int parameter, double value) {
    parameterGradient.putScalar(parameter, parameterGradient.getDouble(parameter) + value);
  }

  /** Products with the Jacobian read nothing but the state, which stays alive anyway. */
  private final class Evaluation implements KeptEvaluation {
    private final INDArray state;

    Evaluation(INDArray state) {
      this.state = state;
    }

    @Override
    public void pullback(INDArray cotangent, double parameterScale, INDArray out) {
      for (long i = 0; i < state.size(0); i++) {
        double x = state.getDouble(i, 0);
        double y = state.getDouble(i, 1);
        double u = cotangent.getDouble(i, 0);
        double v = cotangent.getDouble(i, 1);
        out.putScalar(i, 0, (growth - hunting * y) * u + feeding * y * v);
        out.putScalar(i, 1, -hunting * x * u + (feeding * x - dying) * v);
        addToGradient(0, parameterScale * x * u);
        addToGradient(1, -parameterScale * x * y * u);
        addToGradient(2, parameterScale * x * y * v);
        addToGradient(3, -parameterScale * y * v);
      }
    }

    /** Only implicit methods ask for it. */
    @Override
    public void pushforward(INDArray tangent, INDArray out) {
      for (long i = 0; i < state.size(0); i++) {
        double x = state.getDouble(i, 0);
        double y = state.getDouble(i, 1);
        double dx = tangent.getDouble(i, 0);
        double dy = tangent.getDouble(i, 1);
        out.putScalar(i, 0, (growth - hunting * y) * dx - hunting * x * dy);
        out.putScalar(i, 1, feeding * y * dx + (feeding * x - dying) * dy);
      }
    }

    @Override
    public boolean readsResult() {
      return false;
    }

    @Override
    public long keptBytes() {
      return 0;
    }

    @Override
    public void close() {
      // nothing is kept
    }
  }
}
