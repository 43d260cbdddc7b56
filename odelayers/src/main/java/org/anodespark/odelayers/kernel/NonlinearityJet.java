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
 * result: {@code p = 1 - y^2} for tanh and {@code y - y^2} for the sigmoid; for softplus p is the
 * sigmoid itself; for GELU it is the normal distribution plus x times its density d, and {@code -x
 * d} is the derivative of d; for the cube p is {@code 3 x^2}; for functions that are linear in
 * pieces it is a constant of each entry.
 */
public final class NonlinearityJet implements Jet {
  private final Nonlinearity function;
  private final ArrayPool pool;
  private final List<INDArray> x = new ArrayList<>();
  private final List<INDArray> y = new ArrayList<>();

  /** Coefficients of the derivative, as far as they were asked for; null for zeros. */
  private final List<INDArray> slopes = new ArrayList<>();

  /** For softplus, coefficients of the derivative of the slope; for GELU, of the density. */
  private final List<INDArray> curvatures = new ArrayList<>();

  /** For GELU, coefficients of the normal density. */
  private final List<INDArray> densities = new ArrayList<>();

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
        INDArray slope = product(y, y, m).negi();
        yield m == 0 ? slope.addi(1.0) : slope;
      }
      case SIGMOID -> product(y, y, m).rsubi(y.get(m));
      case SOFTPLUS -> sigmoid(m);
      case GELU -> gelu(m);
      case CUBE -> product(x, x, m).muli(3.0);
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
    curvatures.add(product(slopes, slopes, m - 1).rsubi(slopes.get(m - 1)));
    integrate(curvatures, m, sigmoid);
    return sigmoid;
  }

  private INDArray gelu(int m) {
    INDArray distribution = borrow();
    INDArray density = borrow();
    densities.add(density);
    if (m == 0) {
      normalDensity(density);
      normalDistribution(distribution);
    } else {
      integrate(curvatures, m, density);
      integrate(densities, m, distribution);
    }
    INDArray curvature = product(x, densities, m).negi();
    curvatures.add(curvature);
    return distribution.subi(curvature);
  }

  private void normalDensity(INDArray out) {
    Nd4j.getExecutioner().exec(new MulOp(x.get(0), x.get(0), out));
    out.muli(-0.5);
    Nd4j.exec(new Exp(out, out));
    out.muli(Math.sqrt(0.5 / Math.PI));
  }

  private void normalDistribution(INDArray out) {
    out.assign(x.get(0));
    out.muli(Math.sqrt(0.5));
    Nd4j.exec(new Erf(out, out));
    out.addi(1.0).muli(0.5);
  }

  /** Coefficient m of the product of two series, borrowed. */
  private INDArray product(List<INDArray> a, List<INDArray> b, int m) {
    INDArray product = borrow();
    product.assign(0.0);
    for (int i = 0; i <= m; i++) {
      addProduct(1.0, a.get(i), b.get(m - i), product);
    }
    return product;
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
    for (List<INDArray> arrays : List.of(slopes, curvatures, densities, gradients)) {
      for (INDArray array : arrays) {
        if (array != null) {
          pool.giveBack(array);
        }
      }
      arrays.clear();
    }
  }
}
