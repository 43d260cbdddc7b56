/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.solver.rungekutta;

import java.util.Arrays;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * An explicit Runge-Kutta method from coefficients that its user gives. Row sums and all order
 * conditions are checked: the order must be the one that the coefficients have.
 *
 * <pre>{@code
 * CustomRungeKutta heun =
 *     new CustomRungeKutta(2, new double[][] {{}, {1}}, new double[] {0.5, 0.5});
 * }</pre>
 *
 * <p>With {@link #withErrorEstimate} it can be used under adaptive step control.
 */
public final class CustomRungeKutta extends ExplicitRungeKutta {
  private static final long serialVersionUID = 1L;
  private static final double ROUNDING = 1e-12;

  @JsonProperty("order")
  private final int claimedOrder;

  @JsonProperty private final double[][] rows;
  @JsonProperty private final double[] weights;

  @JsonProperty("embeddedOrder")
  private final int claimedEmbeddedOrder;

  /** Null if there is no embedded method. */
  @JsonProperty private final double[] errorWeights;

  /** Built from the fields when it is first needed, also after deserialisation. */
  private transient ButcherTableau tableau;

  /**
   * A method without error estimate.
   *
   * @param order its order, 1 to 8
   * @param rows row i holds the i coefficients of stage i, so row 0 is empty; a node is the sum of
   *     its row
   * @param weights weight of each stage, sum 1
   * @throws IllegalArgumentException if sizes or sums do not fit, or if the order is another one;
   *     the message names the condition that fails
   */
  public CustomRungeKutta(int order, double[][] rows, double[] weights) {
    this(order, rows, weights, 0, null);
  }

  @JsonCreator
  CustomRungeKutta(
      @JsonProperty("order") int order,
      @JsonProperty("rows") double[][] rows,
      @JsonProperty("weights") double[] weights,
      @JsonProperty("embeddedOrder") int embeddedOrder,
      @JsonProperty("errorWeights") double[] errorWeights) {
    this.claimedOrder = order;
    this.rows = Arrays.stream(rows).map(double[]::clone).toArray(double[][]::new);
    this.weights = weights.clone();
    this.claimedEmbeddedOrder = embeddedOrder;
    this.errorWeights = errorWeights == null ? null : errorWeights.clone();
    this.tableau = build();
  }

  /**
   * The same method with an embedded one.
   *
   * @param embeddedOrder order of the embedded method
   * @param errorWeights weights of the method less those of the embedded one, sum 0
   * @throws IllegalArgumentException if the embedded method has another order
   */
  public CustomRungeKutta withErrorEstimate(int embeddedOrder, double... errorWeights) {
    return new CustomRungeKutta(claimedOrder, rows, weights, embeddedOrder, errorWeights);
  }

  private ButcherTableau build() {
    ButcherTableau.Builder builder = ButcherTableau.ofOrder(claimedOrder);
    for (double[] row : rows) {
      builder.stage(node(row), row);
    }
    builder.weights(weights);
    if (errorWeights != null) {
      builder.errorWeights(claimedEmbeddedOrder, errorWeights);
    }
    return builder.build();
  }

  /** The sum of a row; without its rounding at both ends of the step, whose times are exact. */
  private static double node(double[] row) {
    double sum = Arrays.stream(row).sum();
    double nearest = Math.rint(sum);
    return Math.abs(sum - nearest) < ROUNDING ? nearest : sum;
  }

  @Override
  protected ButcherTableau tableau() {
    if (tableau == null) {
      tableau = build();
    }
    return tableau;
  }

  @Override
  public String toString() {
    return "CustomRungeKutta(order " + order() + ", " + weights.length + " stages)";
  }
}
