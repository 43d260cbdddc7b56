/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.kernel;

import java.util.ArrayList;
import java.util.List;
import org.anodespark.odelayers.memory.ArrayPool;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.scalar.Step;
import org.nd4j.linalg.api.ops.impl.transforms.pairwise.arithmetic.MulOp;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Erf;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Exp;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Sigmoid;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The jet of a {@link Nonlinearity}. With p the coefficients of the function's derivative along the
 * curve, {@code k y_k = sum over j = 1 ... k of j x_j p_(k-j)}, and the gradient with respect to
 * {@code x_j} is {@code sum over k of p_(k-j) dy_k}. The p follow from the coefficients of the
 * result: {@code p = 1 - y^2} for tanh, {@code p = y - y^2} for the sigmoid; for softplus p is the
 * sigmoid, whose own derivative is {@code p - p^2}; for functions that are linear in pieces it is a
 * constant of each entry.
 */
public final class NonlinearityJet implements Jet {
  private final Nonlinearity function;
  private final ArrayPool pool;
  private final List<INDArray> x = new ArrayList<>();
  private final List<INDArray> y = new ArrayList<>();

  /** Coefficients of the derivative, as far as they were asked for; null for zeros. */
  private final List<INDArray> slopes = new ArrayList<>();

  /** Coefficients of the derivative's derivative, likewise; empty where nobody needs them. */
  private final List<INDArray> curvatures = new ArrayList<>();

  /** Coefficients of the normal density, for GELU. */
  private final List<INDArray> densities = new ArrayList<>();

  /** Coefficients of its derivative. */
  private final List<INDArray> densityDerivatives = new ArrayList<>();

  /** Gradients of the results, from the latest coefficient to the first. */
  private final List<INDArray> gradients = new ArrayList<>();

  /**
   * @param function of single numbers
   * @param pool lends what is kept, of the type of the arrays
   */
  public NonlinearityJet(Nonlinearity function, ArrayPool pool) {
    this.function = function;
    this.pool = pool;
  }

  @Override
  public void next(INDArray coefficient, INDArray result) {
    x.add(coefficient);
    int k = x.size() - 1;
    if (k == 0) {
      KernelBackend.kernels(result.dataType())
          .nonlinearity(function)
          .forward(coefficient, result, pool);
    } else {
      computeSlopes(k - 1);
      integrate(slopes, k, result);
    }
    y.add(result);
  }

  @Override
  public void pullback(INDArray dy, INDArray dx) {
    computeSlopes(x.size() - 1);
    INDArray gradient = pool.borrow(dy.shape());
    gradient.assign(dy);
    gradients.add(gradient);
    int latest = gradients.size() - 1;
    dx.assign(0.0);
    for (int i = 0; i <= latest; i++) {
      addProduct(1.0, slopes.get(latest - i), gradients.get(i), dx);
    }
  }

  private void computeSlopes(int last) {
    for (int m = slopes.size(); m <= last; m++) {
      slopes.add(slope(m));
    }
  }

  /** Coefficient m of the derivative, where all lower ones and those of the result are known. */
  private INDArray slope(int m) {
    return switch (function) {
      case IDENTITY -> m == 0 ? ones() : null;
      case RELU -> m == 0 ? unitStep() : null;
      case TANH -> {
        INDArray slope = square(y, m).negi();
        yield m == 0 ? slope.addi(1.0) : slope;
      }
      case SIGMOID -> {
        INDArray slope = square(y, m);
        slope.rsubi(y.get(m));
        yield slope;
      }
      case SOFTPLUS -> sigmoid(m);
      case GELU -> gelu(m);
    };
  }

  private INDArray ones() {
    INDArray ones = borrow();
    ones.assign(1.0);
    return ones;
  }

  private INDArray unitStep() {
    INDArray step = borrow();
    Nd4j.exec(new Step(x.get(0), step, 0.0));
    return step;
  }

  private INDArray sigmoid(int m) {
    INDArray sigmoid = borrow();
    if (m == 0) {
      Nd4j.exec(new Sigmoid(x.get(0), sigmoid));
      return sigmoid;
    }
    INDArray curvature = square(slopes, m - 1);
    curvature.rsubi(slopes.get(m - 1));
    curvatures.add(curvature);
    integrate(curvatures, m, sigmoid);
    return sigmoid;
  }

  /**
   * With the normal density q and its integral Q: p = Q + x q, and its derivative is {@code (2 -
   * x^2) q}.
   */
  private INDArray gelu(int m) {
    INDArray density = density(m);
    INDArray slope = borrow();
    if (m == 0) {
      slope.assign(x.get(0)).muli(Math.sqrt(0.5));
      Nd4j.exec(new Erf(slope));
      slope.addi(1.0).muli(0.5);
      addProduct(1.0, x.get(0), density, slope);
    } else {
      INDArray curvature = borrow();
      curvature.assign(densities.get(m - 1)).muli(2.0);
      for (int i = 0; i < m; i++) {
        INDArray xSquared = square(x, i);
        addProduct(-1.0, xSquared, densities.get(m - 1 - i), curvature);
        pool.giveBack(xSquared);
      }
      curvatures.add(curvature);
      integrate(curvatures, m, slope);
    }
    return slope;
  }

  /** Coefficient m of the normal density, whose derivative is -x q. */
  private INDArray density(int m) {
    INDArray density = borrow();
    if (m == 0) {
      density.assign(x.get(0));
      density.muli(x.get(0)).muli(-0.5);
      Nd4j.exec(new Exp(density));
      density.muli(1 / Math.sqrt(2 * Math.PI));
    } else {
      INDArray derivative = borrow();
      derivative.assign(0.0);
      for (int i = 0; i < m; i++) {
        addProduct(-1.0, x.get(i), densities.get(m - 1 - i), derivative);
      }
      densityDerivatives.add(derivative);
      integrate(densityDerivatives, m, density);
    }
    densities.add(density);
    return density;
  }

  /** Coefficient m of the square of a series, borrowed. */
  private INDArray square(List<INDArray> series, int m) {
    INDArray square = borrow();
    square.assign(0.0);
    for (int i = 0; i <= m; i++) {
      addProduct(1.0, series.get(i), series.get(m - i), square);
    }
    return square;
  }

  /** Coefficient k of a function of the curve whose derivative is given. */
  private void integrate(List<INDArray> derivative, int k, INDArray out) {
    out.assign(0.0);
    for (int j = 1; j <= k; j++) {
      addProduct((double) j / k, derivative.get(k - j), x.get(j), out);
    }
  }

  /** {@code out := out + factor * a * b}; a may be null for zeros. */
  private void addProduct(double factor, INDArray a, INDArray b, INDArray out) {
    if (a == null) {
      return;
    }
    INDArray product = borrow();
    Nd4j.getExecutioner().exec(new MulOp(a, b, product));
    LinearCombination.add(out, factor, product);
    pool.giveBack(product);
  }

  private INDArray borrow() {
    return pool.borrow(x.get(0).shape());
  }

  @Override
  public void close() {
    for (List<INDArray> arrays :
        List.of(slopes, curvatures, densities, densityDerivatives, gradients)) {
      for (INDArray array : arrays) {
        if (array != null) {
          pool.giveBack(array);
        }
      }
      arrays.clear();
    }
  }
}
