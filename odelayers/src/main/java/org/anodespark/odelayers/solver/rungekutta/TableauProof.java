/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.solver.rungekutta;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.anodespark.odelayers.solver.rungekutta.OrderConditions.Quadrature;
import org.anodespark.odelayers.solver.rungekutta.OrderConditions.Violation;

/** Checks that a tableau is consistent and has the orders that it claims; refuses it otherwise. */
final class TableauProof {
  /** Room for the rounding of a sum of entries that are themselves rounded to doubles. */
  private static final double SUM_TOLERANCE = 1e-12;

  private final double[][] a;
  private final double[] b;
  private final double[] c;
  private final OrderConditions conditions;

  TableauProof(double[][] a, double[] b, double[] c) {
    this.a = a;
    this.b = b;
    this.c = c;
    this.conditions = new OrderConditions(a, c);
  }

  /**
   * Checks sizes, finite entries, row sums and the sum of the weights.
   *
   * @throws IllegalArgumentException if one is wrong
   */
  void requireConsistency() {
    if (c.length == 0) {
      throw new IllegalArgumentException("A tableau needs at least 1 stage, found none.");
    }
    requireLength("weights", b);
    requireFinite("The list of nodes", c);
    requireFinite("The list of weights", b);
    for (int stage = 0; stage < a.length; stage++) {
      String row = "Row " + stage + " (counted from 0)";
      if (a[stage].length != stage) {
        throw new IllegalArgumentException(
            row
                + " has "
                + a[stage].length
                + " entries, expected "
                + stage
                + ": in an explicit method each row has one entry for each earlier stage.");
      }
      requireFinite(row, a[stage]);
      requireSum(row, a[stage], c[stage], "its node");
    }
    requireSum("The list of weights", b, 1, "so that constant slopes are followed exactly");
  }

  /**
   * Proves the order of the method.
   *
   * @throws IllegalArgumentException if it is another one
   */
  void requireOrder(int order) {
    requireOrder("method", order, List.of(new Quadrature(1, b)));
  }

  /**
   * Proves the order of the embedded method.
   *
   * @throws IllegalArgumentException if it is another one, or the error weights cannot be an error
   *     estimate
   */
  void requireEmbeddedOrder(int order, double[] errorWeights) {
    requireLength("error weights", errorWeights);
    requireFinite("The list of error weights", errorWeights);
    requireSum(
        "The list of error weights", errorWeights, 0, "so that constant slopes give no error");
    if (Arrays.stream(errorWeights).allMatch(weight -> weight == 0)) {
      throw new IllegalArgumentException(
          "All error weights are 0, which estimates no error: leave them out, or give the weights"
              + " less those of the embedded method.");
    }
    double[] embedded = new double[b.length];
    Arrays.setAll(embedded, stage -> b[stage] - errorWeights[stage]);
    requireOrder("embedded method", order, List.of(new Quadrature(1, embedded)));
  }

  /**
   * Proves the order of the dense output for every theta. The defect of a condition is a polynomial
   * in theta that is 0 at 0, so as many further points as its degree decide whether it is 0
   * everywhere.
   *
   * @throws IllegalArgumentException if it is another one, or the end of the step is not met
   */
  void requireDenseOrder(DenseWeights dense) {
    if (dense.stages() != b.length) {
      throw new IllegalArgumentException(
          "The dense weights are for "
              + dense.stages()
              + " stages, expected "
              + b.length
              + ", the stages of the tableau.");
    }
    for (int stage = 0; stage < b.length; stage++) {
      if (dense.weight(stage, 1) != b[stage]) {
        throw new IllegalArgumentException(
            "The dense weight of stage "
                + stage
                + " is "
                + dense.weight(stage, 1)
                + " at the end of the step, expected the weight "
                + b[stage]
                + ": build the dense weights from the weights of the tableau.");
      }
    }
    int points = Math.max(dense.degree(), OrderConditions.HIGHEST_ORDER + 1);
    List<Quadrature> quadratures = new ArrayList<>();
    for (int point = 1; point <= points; point++) {
      double theta = point / (double) points;
      quadratures.add(new Quadrature(theta, dense.weights(theta)));
    }
    requireOrder("dense output", dense.order(), quadratures);
  }

  private void requireOrder(String what, int claimed, List<Quadrature> quadratures) {
    if (claimed < 1 || claimed > OrderConditions.HIGHEST_ORDER) {
      throw new IllegalArgumentException(
          "The "
              + what
              + " claims order "
              + claimed
              + ", expected 1 to "
              + OrderConditions.HIGHEST_ORDER
              + ", the orders that are proven here.");
    }
    int proven = conditions.provenOrder(quadratures);
    if (proven < claimed) {
      Violation violation = conditions.firstViolation(proven + 1, quadratures).orElseThrow();
      throw new IllegalArgumentException(refusal(what, claimed, proven, violation));
    }
    if (proven > claimed) {
      throw new IllegalArgumentException(
          "The "
              + what
              + " claims order "
              + claimed
              + ", but it has order "
              + proven
              + ": claim that.");
    }
  }

  private static String refusal(String what, int claimed, int proven, Violation violation) {
    return "The "
        + what
        + " claims order "
        + claimed
        + ", but the order condition of the rooted tree "
        + violation.tree()
        + (violation.theta() == 1 ? "" : " at theta = " + violation.theta())
        + " fails: its elementary weight is "
        + violation.value()
        + ", expected "
        + violation.expected()
        + ". Correct the coefficients"
        + (proven == 0 ? "." : " or claim order " + proven + ".");
  }

  private void requireLength(String what, double[] entries) {
    if (entries.length != c.length) {
      throw new IllegalArgumentException(
          "A tableau of "
              + c.length
              + " stages needs as many "
              + what
              + ", found "
              + entries.length
              + ".");
    }
  }

  private static void requireFinite(String what, double[] entries) {
    if (!Arrays.stream(entries).allMatch(Double::isFinite)) {
      throw new IllegalArgumentException(
          what + " has the entries " + Arrays.toString(entries) + ", expected finite numbers.");
    }
  }

  private static void requireSum(String what, double[] entries, double expected, String why) {
    double sum = 0;
    for (double entry : entries) {
      sum += entry;
    }
    if (Math.abs(sum - expected) > SUM_TOLERANCE) {
      throw new IllegalArgumentException(
          what + " sums to " + sum + ", expected " + expected + ", " + why + ".");
    }
  }
}
