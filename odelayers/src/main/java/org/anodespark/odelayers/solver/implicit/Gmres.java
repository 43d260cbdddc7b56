/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.solver.implicit;

import org.anodespark.odelayers.kernel.LinearCombination;
import org.anodespark.odelayers.memory.ArrayPool;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A x = b by the generalised minimal residual method, restarted (Saad and Schultz, "GMRES: A
 * generalized minimal residual algorithm for solving nonsymmetric linear systems", SIAM J. Sci.
 * Stat. Comput. 7(3), 1986).
 *
 * <p>The other choice for operators that are not symmetric, conjugate gradients on the normal
 * equations A^T A x = A^T b, squares the condition number: on the stiff systems that implicit
 * methods are for it takes several times the products, and needs those with A^T besides. {@code
 * GmresTest} compares both. Where it does better is for eigenvalues all around 0, where restarts
 * may stand still: f grows by itself within one step then, and shorter steps are the cheaper
 * answer.
 */
final class Gmres {
  /** Basis vectors before a restart; they are borrowed one by one, so most solves hold fewer. */
  static final int RESTART = 30;

  private final LinearOperator operator;
  private final int limit;
  private final ArrayPool pool;

  /**
   * @param operator A
   * @param limit most products with A, at least 1
   * @param pool lends up to {@link #RESTART} + 1 arrays
   */
  Gmres(LinearOperator operator, int limit, ArrayPool pool) {
    this.operator = operator;
    this.limit = limit;
    this.pool = pool;
  }

  /**
   * Solves until |b - A x| is at most {@code reduction} |b|, the limit is reached, or more products
   * cannot help because A is singular.
   *
   * @param b right-hand side, not zero; left as it is
   * @param x receives the solution
   * @param reduction 0 to 1
   * @return |b - A x| / |b|; not a number, or infinite, if b or a product is not finite
   */
  double solve(INDArray b, INDArray x, double reduction) {
    double norm = Vectors.norm(b);
    double reached = 1.0;
    int products = 0;
    boolean growing = true;
    x.assign(0.0);
    while (growing && reached > reduction && products < limit) {
      try (KrylovSpace space = new KrylovSpace(operator, b, pool)) {
        if (products == 0) {
          space.first().assign(b);
        } else {
          operator.apply(x, space.first());
          products++;
          Vectors.scale(-1.0, space.first());
          LinearCombination.add(space.first(), 1.0, b);
        }
        reached = space.start() / norm;
        int end = Math.min(products + RESTART, limit);
        while (growing && reached > reduction && products < end) {
          growing = space.extend();
          products++;
          reached = space.residual() / norm;
        }
        space.addSolution(x);
      }
    }
    return reached;
  }
}
