/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.solver.implicit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.anodespark.odelayers.memory.ArrayPool;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class GmresTest {
  private static final int LIMIT = 500;

  private final ArrayPool pool = new ArrayPool(DataType.DOUBLE);
  private final AtomicInteger products = new AtomicInteger();

  @Test
  void solvesAStiffSystemThatIsNotNormalWithOneProductForEachUnknown() {
    double[][] a = Matrices.shifted(Matrices.stiff(20, 1e4), 1.0);
    double[] x = numbers(20);
    double[] solution = solve(a, Matrices.times(a, x), 1e-10);
    assertThat(Matrices.distance(solution, x)).isLessThan(1e-9 * Matrices.norm(x));
    assertThat(products).hasValueLessThanOrEqualTo(20);
  }

  @Test
  void takesFarFewerProductsForItThanConjugateGradientsOnTheNormalEquations() {
    double[][] a = Matrices.shifted(Matrices.stiff(20, 1e4), 1.0);
    double[] b = Matrices.times(a, numbers(20));
    solve(a, b, 1e-6);
    assertThat(productsOfConjugateGradients(a, b, 1e-6)).isGreaterThan(4 * products.get());
  }

  @Test
  void takesFewerForATransportProblemToo() {
    double[][] a = Matrices.shifted(Matrices.convectionDiffusion(100, 5), 1.0);
    double[] b = Matrices.times(a, numbers(100));
    solve(a, b, 1e-3);
    assertThat(productsOfConjugateGradients(a, b, 1e-3)).isGreaterThan(products.get());
  }

  @Test
  void goesOnAfterRestarts() {
    double[][] a = Matrices.shifted(Matrices.convectionDiffusion(100, 50), 1.0);
    double[] x = numbers(100);
    double[] solution = solve(a, Matrices.times(a, x), 1e-9);
    assertThat(Matrices.distance(solution, x)).isLessThan(1e-7 * Matrices.norm(x));
    assertThat(products).hasValueGreaterThan(2 * Gmres.RESTART);
  }

  @Test
  void saysHowFarItCameWithinItsLimit() {
    double[][] a = Matrices.shifted(Matrices.convectionDiffusion(100, 50), 1.0);
    double[] b = Matrices.times(a, numbers(100));
    INDArray x = pool.borrow(100);
    double reached = new Gmres(operator(a), 40, pool).solve(Nd4j.createFromArray(b), x, 1e-9);
    assertThat(products).hasValue(40);
    double residual = Matrices.distance(Matrices.times(a, x.toDoubleVector()), b);
    assertThat(residual / Matrices.norm(b)).isBetween(0.99 * reached, 1.01 * reached);
    assertThat(reached).isGreaterThan(1e-9);
  }

  @Test
  void endsAtOnceIfTheOperatorIsZero() {
    INDArray x = pool.borrow(3);
    double reached =
        new Gmres(operator(new double[3][3]), LIMIT, pool)
            .solve(Nd4j.createFromArray(1.0, 2.0, 3.0), x, 1e-3);
    assertThat(reached).isEqualTo(1.0);
    assertThat(products).hasValue(1);
    assertThat(x.toDoubleVector()).containsOnly(0.0);
  }

  @Test
  void reportsProductsThatAreNotFinite() {
    INDArray x = pool.borrow(3);
    double reached =
        new Gmres((in, out) -> out.assign(Double.NaN), LIMIT, pool)
            .solve(Nd4j.createFromArray(1.0, 2.0, 3.0), x, 1e-3);
    assertThat(reached).isNaN();
  }

  @Test
  void worksOnStatesOfAnyShape() {
    INDArray b = Nd4j.createFromArray(numbers(24)).reshape('c', 2, 3, 2, 2);
    INDArray x = pool.borrow(2, 3, 2, 2);
    new Gmres((in, out) -> out.assign(in.mul(4.0)), LIMIT, pool).solve(b, x, 1e-12);
    assertThat(x.equalsWithEps(b.div(4.0), 1e-14)).isTrue();
  }

  @Test
  void givesItsBasisBack() {
    double[][] a = Matrices.shifted(Matrices.convectionDiffusion(100, 50), 1.0);
    solve(a, numbers(100), 1e-9);
    assertThat(pool.bytesInUse()).isEqualTo(100 * Double.BYTES);
  }

  private double[] solve(double[][] a, double[] b, double reduction) {
    INDArray x = pool.borrow(b.length);
    double reached =
        new Gmres(operator(a), LIMIT, pool).solve(Nd4j.createFromArray(b), x, reduction);
    assertThat(reached).isLessThanOrEqualTo(reduction);
    return x.toDoubleVector();
  }

  private LinearOperator operator(double[][] matrix) {
    return (x, out) -> {
      products.incrementAndGet();
      out.assign(Nd4j.createFromArray(Matrices.times(matrix, x.toDoubleVector())));
    };
  }

  private static double[] numbers(int size) {
    return new Random(7).doubles(size, -1, 1).toArray();
  }

  /** Products with A and A^T until the residual is reduced, which is also what GMRES looks at. */
  private static int productsOfConjugateGradients(double[][] a, double[] b, double reduction) {
    double[] residual = b.clone();
    double[] direction = Matrices.transposedTimes(a, residual);
    double square = Matrices.dot(direction, direction);
    int products = 1;
    while (Matrices.norm(residual) > reduction * Matrices.norm(b) && products < 10_000) {
      double[] image = Matrices.times(a, direction);
      add(residual, -square / Matrices.dot(image, image), image);
      double[] gradient = Matrices.transposedTimes(a, residual);
      double next = Matrices.dot(gradient, gradient);
      add(gradient, next / square, direction);
      direction = gradient;
      square = next;
      products += 2;
    }
    return products;
  }

  private static void add(double[] x, double factor, double[] y) {
    for (int i = 0; i < x.length; i++) {
      x[i] += factor * y[i];
    }
  }
}
