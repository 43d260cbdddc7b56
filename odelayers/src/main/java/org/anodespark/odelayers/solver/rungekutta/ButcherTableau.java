/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.solver.rungekutta;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The coefficients of an explicit Runge-Kutta method (Butcher, 1963). Stage i evaluates the field
 * at time {@code t + c_i h} and state {@code y + h * sum over j < i of a_ij k_j}, which gives the
 * slope {@code k_i}; the step ends at {@code y + h * sum of b_i k_i}. Stages count from 0.
 *
 * <p>A tableau exists only if it keeps what it claims: when it is built, the row sums are compared
 * with the nodes, and the order, the embedded order and the order of the dense output are proven
 * with Butcher's order conditions. A claim that is too modest is refused as well, so {@link
 * #order()} is the order.
 *
 * <pre>{@code
 * ButcherTableau heunEuler =
 *     ButcherTableau.ofOrder(2)
 *         .stage(0)
 *         .stage(1, 1)
 *         .weights(1.0 / 2, 1.0 / 2)
 *         .errorWeights(1, -1.0 / 2, 1.0 / 2)
 *         .build();
 * }</pre>
 *
 * <p>Immutable; two tableaus with equal numbers are equal.
 */
public final class ButcherTableau {
  private final int order;
  private final double[][] a;
  private final double[] b;
  private final double[] c;
  private final int embeddedOrder;
  private final double[] errorWeights;
  private final DenseWeights denseWeights;
  private final boolean firstSameAsLast;

  private ButcherTableau(Builder builder) {
    order = builder.order;
    a = builder.rows.toArray(double[][]::new);
    b = builder.weights;
    c = builder.nodes.stream().mapToDouble(Double::doubleValue).toArray();
    embeddedOrder = builder.embeddedOrder;
    errorWeights = builder.errorWeights;
    denseWeights = builder.denseWeights;
    TableauProof proof = new TableauProof(a, b, c);
    proof.requireConsistency();
    proof.requireOrder(order);
    if (errorWeights != null) {
      proof.requireEmbeddedOrder(embeddedOrder, errorWeights);
    }
    if (denseWeights != null) {
      proof.requireDenseOrder(denseWeights);
    }
    int last = b.length - 1;
    firstSameAsLast =
        c[last] == 1 && b[last] == 0 && Arrays.equals(a[last], Arrays.copyOf(b, last));
  }

  /**
   * Begins a tableau.
   *
   * @param order the order of the method, 1 to 8; {@link Builder#build()} proves it
   */
  public static Builder ofOrder(int order) {
    return new Builder(order);
  }

  /** The order p: the error of one step is O(h^(p + 1)) and that of a solve O(h^p). */
  public int order() {
    return order;
  }

  /** Number of stages s, at least 1. */
  public int stages() {
    return b.length;
  }

  /**
   * The coefficient of slope {@code slope} in the argument of stage {@code stage}.
   *
   * @param stage the stage, from 0
   * @param slope an earlier stage, from 0 to {@code stage - 1}
   * @throws IndexOutOfBoundsException if {@code slope} is not earlier than {@code stage}
   */
  public double a(int stage, int slope) {
    return a[stage][slope];
  }

  /** The weight of a stage's slope in the step; stages count from 0. */
  public double b(int stage) {
    return b[stage];
  }

  /** The node of a stage: its time is {@code t + c h}; stages count from 0. */
  public double c(int stage) {
    return c[stage];
  }

  /** How a step multiplies the solution of a linear equation. */
  StabilityPolynomial stabilityPolynomial() {
    return new StabilityPolynomial(a, b);
  }

  /** Whether an embedded method gives an estimate of the step's error. */
  public boolean hasErrorWeights() {
    return errorWeights != null;
  }

  /**
   * The order of the embedded method, whose weights are {@code b_i} less the error weights.
   *
   * @throws IllegalStateException if there is no embedded method
   */
  public int embeddedOrder() {
    requireErrorWeights();
    return embeddedOrder;
  }

  /**
   * The weight of a stage's slope in the error estimate {@code h * sum of errorWeight_i k_i}, which
   * is the step less the step of the embedded method; stages count from 0.
   *
   * @throws IllegalStateException if there is no embedded method
   */
  public double errorWeight(int stage) {
    requireErrorWeights();
    return errorWeights[stage];
  }

  private void requireErrorWeights() {
    if (errorWeights == null) {
      throw new IllegalStateException(
          "This tableau has no embedded method: ask hasErrorWeights() first, or take a pair such"
              + " as Dormand-Prince 5(4).");
    }
  }

  /** The weights for states inside a step, where the method has them. */
  public Optional<DenseWeights> denseWeights() {
    return Optional.ofNullable(denseWeights);
  }

  /**
   * Whether the last stage is the field at the end of the step, so that it serves as the first
   * stage of the next step: the last node is 1, the last row is the weights bit for bit, and the
   * last weight is 0.
   */
  public boolean firstSameAsLast() {
    return firstSameAsLast;
  }

  /** Equal orders and coefficients, bit for bit. */
  @Override
  public boolean equals(Object other) {
    return other instanceof ButcherTableau that
        && order == that.order
        && embeddedOrder == that.embeddedOrder
        && Arrays.deepEquals(a, that.a)
        && Arrays.equals(b, that.b)
        && Arrays.equals(c, that.c)
        && Arrays.equals(errorWeights, that.errorWeights)
        && Objects.equals(denseWeights, that.denseWeights);
  }

  @Override
  public int hashCode() {
    return Objects.hash(
        order,
        embeddedOrder,
        Arrays.deepHashCode(a),
        Arrays.hashCode(b),
        Arrays.hashCode(c),
        Arrays.hashCode(errorWeights),
        denseWeights);
  }

  /** The tableau as it is drawn in books: nodes and rows, and below the line the weights. */
  @Override
  public String toString() {
    StringBuilder title = new StringBuilder("Order ").append(order);
    if (errorWeights != null) {
      title.append('(').append(embeddedOrder).append(')');
    }
    title.append(b.length == 1 ? ", 1 stage" : ", " + b.length + " stages");
    if (firstSameAsLast) {
      title.append(", first same as last");
    }
    if (denseWeights != null) {
      title.append(", dense output of order ").append(denseWeights.order());
    }
    TableauDrawing drawing = new TableauDrawing();
    for (int stage = 0; stage < b.length; stage++) {
      drawing.row(Double.toString(c[stage]), a[stage]);
    }
    drawing.line();
    drawing.row("b", b);
    if (errorWeights != null) {
      drawing.row("error", errorWeights);
    }
    return title + "\n" + drawing;
  }

  /** Collects the rows of a tableau from the top to the bottom. */
  public static final class Builder {
    private final int order;
    private final List<Double> nodes = new ArrayList<>();
    private final List<double[]> rows = new ArrayList<>();
    private double[] weights = new double[0];
    private int embeddedOrder;
    private double[] errorWeights;
    private DenseWeights denseWeights;

    private Builder(int order) {
      this.order = order;
    }

    /**
     * Adds the next stage.
     *
     * @param node the node {@code c_i}
     * @param row the coefficients {@code a_ij} of all earlier stages, whose sum is the node
     */
    public Builder stage(double node, double... row) {
      nodes.add(node);
      rows.add(row.clone());
      return this;
    }

    /** Sets the weights {@code b_i}, one for each stage, whose sum is 1. */
    public Builder weights(double... weights) {
      this.weights = weights.clone();
      return this;
    }

    /**
     * Sets the error estimate.
     *
     * @param embeddedOrder the order of the embedded method, 1 to 8
     * @param errorWeights the weights {@code b_i} less those of the embedded method, one for each
     *     stage, whose sum is 0
     */
    public Builder errorWeights(int embeddedOrder, double... errorWeights) {
      this.embeddedOrder = embeddedOrder;
      this.errorWeights = errorWeights.clone();
      return this;
    }

    /** Sets the dense output, whose weights at the end of the step are {@code b_i}. */
    public Builder denseWeights(DenseWeights denseWeights) {
      this.denseWeights = denseWeights;
      return this;
    }

    /**
     * The tableau, proven.
     *
     * @throws IllegalArgumentException if sizes do not fit, a number is not finite, a row does not
     *     sum to its node or the weights to 1 or the error weights to 0 (within 1e-12), or the
     *     order, the embedded order or the order of the dense output is not the claimed one
     */
    public ButcherTableau build() {
      return new ButcherTableau(this);
    }
  }
}
