/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.solver.rungekutta;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Butcher's order conditions (Butcher, 1963; 2016, section 31) of an explicit Runge-Kutta method: a
 * method has order p when for each rooted tree t of at most p vertices its elementary weight Phi(t)
 * equals 1 / gamma(t). For a continuous extension at {@code theta} the condition is Phi(t) =
 * theta^|t| / gamma(t), with |t| the number of vertices.
 */
final class OrderConditions {
  /** The highest order that a tableau may claim: to refute one more, order 9 is tried as well. */
  static final int HIGHEST_ORDER = 8;

  /**
   * How far an elementary weight may be from its value. The methods of {@link Tableaus} leave less
   * than 1e-14 where a condition holds, which is rounding, and more than 1e-5 somewhere in the
   * first order they do not have: the threshold lies far from both. A tableau typed with fewer than
   * ten decimals is refused.
   */
  static final double TOLERANCE = 1e-10;

  private static final List<List<RootedTree>> TREES = RootedTree.upTo(HIGHEST_ORDER + 1);

  private final double[][] a;
  private final double[] c;

  /**
   * The conditions for all methods with these stages; the arrays are not copied.
   *
   * @param a row i holds {@code a_i0 ... a_i(i-1)}
   * @param c nodes of the stages
   */
  OrderConditions(double[][] a, double[] c) {
    this.a = a;
    this.c = c;
  }

  /**
   * The highest order all of whose conditions the method fulfils: 0 when the weights do not even
   * sum to 1, and 9 stands for 9 or more.
   */
  static int provenOrder(double[][] a, double[] b, double[] c) {
    return new OrderConditions(a, c).provenOrder(List.of(new Quadrature(1.0, b)));
  }

  /** The highest order that all the given weights have, from 0 to 9. */
  int provenOrder(List<Quadrature> quadratures) {
    int order = 0;
    while (order < TREES.size() && firstViolation(order + 1, quadratures).isEmpty()) {
      order++;
    }
    return order;
  }

  /** The first condition with exactly {@code order} vertices that fails, if one fails. */
  Optional<Violation> firstViolation(int order, List<Quadrature> quadratures) {
    for (RootedTree tree : TREES.get(order - 1)) {
      for (Quadrature quadrature : quadratures) {
        double value = elementaryWeight(tree, quadrature.weights());
        double expected = Math.pow(quadrature.theta(), order) / tree.density();
        if (!(Math.abs(value - expected) <= TOLERANCE)) { // so that not-a-number fails
          return Optional.of(new Violation(tree, quadrature.theta(), value, expected));
        }
      }
    }
    return Optional.empty();
  }

  /** The elementary weight Phi of a tree: the sum over the stages of weight times Phi_i. */
  double elementaryWeight(RootedTree tree, double[] weights) {
    return dot(weights, stageWeights(tree));
  }

  /** Phi_i for each stage i: the product over the children u of {@code sum_j a_ij Phi_j(u)}. */
  private double[] stageWeights(RootedTree tree) {
    double[] product = new double[c.length];
    Arrays.fill(product, 1.0);
    for (RootedTree child : tree.children()) {
      double[] inner = child.isSingleVertex() ? null : stageWeights(child);
      for (int stage = 0; stage < product.length; stage++) {
        product[stage] *= inner == null ? c[stage] : dot(a[stage], inner);
      }
    }
    return product;
  }

  private static double dot(double[] left, double[] right) {
    double sum = 0;
    for (int i = 0; i < left.length; i++) {
      sum += left[i] * right[i];
    }
    return sum;
  }

  /**
   * The weights that give the state at {@code t + theta h}.
   *
   * @param theta where in the step, 1 at its end
   * @param weights one for each stage
   */
  @SuppressWarnings("ArrayRecordComponent") // an argument, never compared
  record Quadrature(double theta, double[] weights) {}

  /**
   * A condition that fails.
   *
   * @param tree the condition's tree
   * @param theta where in the step, 1 at its end
   * @param value the elementary weight found
   * @param expected the elementary weight that the order asks for
   */
  record Violation(RootedTree tree, double theta, double value, double expected) {}
}
