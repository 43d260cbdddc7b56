/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/**
 * An axis of a chart, from one round number to another.
 *
 * @param from the lower end
 * @param to the upper end, above {@code from}
 * @param step from tick to tick: 1, 2 or 5 times a power of ten
 */
record Axis(double from, double to, double step) {
  private static final double TICKS = 5;
  private static final double ROUNDING = 1e-9;
  private static final double LARGEST_PLAIN = 1e6;
  private static final double SMALLEST_PLAIN = 1e-4;

  /**
   * An axis that covers some numbers.
   *
   * @param least finite
   * @param most finite, at least {@code least}
   */
  static Axis covering(double least, double most) {
    double padding = Math.max(Math.abs(least), Math.abs(most));
    double span = most > least ? most - least : padding > 0 ? padding : 1;
    double step = roundStep(span / TICKS);
    // ends that are round numbers already are not to be passed by a rounding error
    double from = Math.floor(least / step + ROUNDING) * step;
    double to = Math.ceil(most / step - ROUNDING) * step;
    return new Axis(from, to > from ? to : from + step, step);
  }

  private static double roundStep(double atLeast) {
    double power = Math.pow(10, Math.floor(Math.log10(atLeast)));
    for (double factor : new double[] {1, 2, 5}) {
      if (factor * power >= atLeast * (1 - ROUNDING)) {
        return factor * power;
      }
    }
    return 10 * power;
  }

  /** Where the ticks are, both ends included. */
  List<Double> ticks() {
    List<Double> ticks = new ArrayList<>();
    long count = Math.round((to - from) / step);
    for (long i = 0; i <= count; i++) {
      ticks.add(from + i * step);
    }
    return ticks;
  }

  /** Where a number lies between the ends, 0 to 1. */
  double fraction(double value) {
    return (value - from) / (to - from);
  }

  /** What stands at a tick. */
  String label(double tick) {
    if (Math.abs(tick) < step / 2) {
      return "0";
    }
    double size = Math.max(Math.abs(from), Math.abs(to));
    BigDecimal value = new BigDecimal(tick).round(new MathContext(6)).stripTrailingZeros();
    if (size >= LARGEST_PLAIN || size < SMALLEST_PLAIN) {
      int exponent = value.precision() - value.scale() - 1;
      return value.scaleByPowerOfTen(-exponent).stripTrailingZeros().toPlainString()
          + "e"
          + exponent;
    }
    int decimals = Math.max(0, -(int) Math.floor(Math.log10(step) + ROUNDING));
    return value.setScale(decimals, RoundingMode.HALF_EVEN).toPlainString();
  }
}
