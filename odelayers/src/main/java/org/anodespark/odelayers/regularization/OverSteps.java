/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.regularization;

import java.util.Arrays;

/** How the values of single steps become one. */
public enum OverSteps {
  /** Their sum. */
  SUM {
    @Override
    double of(double[] values) {
      return Arrays.stream(values).sum();
    }

    @Override
    double[] derivatives(double[] values) {
      double[] derivatives = new double[values.length];
      Arrays.fill(derivatives, 1);
      return derivatives;
    }
  },
  /** Their mean. */
  MEAN {
    @Override
    double of(double[] values) {
      return SUM.of(values) / values.length;
    }

    @Override
    double[] derivatives(double[] values) {
      double[] derivatives = new double[values.length];
      Arrays.fill(derivatives, 1.0 / values.length);
      return derivatives;
    }
  },
  /** The largest one; it depends on that step only, the first one of several. */
  MAXIMUM {
    @Override
    double of(double[] values) {
      return values[largest(values)];
    }

    @Override
    double[] derivatives(double[] values) {
      double[] derivatives = new double[values.length];
      derivatives[largest(values)] = 1;
      return derivatives;
    }
  };

  /**
   * The value of all.
   *
   * @param values one for each step, at least one
   */
  abstract double of(double[] values);

  /** Its derivatives with respect to each. */
  abstract double[] derivatives(double[] values);

  private static int largest(double[] values) {
    int largest = 0;
    for (int i = 1; i < values.length; i++) {
      if (values[i] > values[largest]) {
        largest = i;
      }
    }
    return largest;
  }
}
