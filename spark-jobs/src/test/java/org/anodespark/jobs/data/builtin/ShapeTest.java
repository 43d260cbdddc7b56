/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.data.builtin;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ShapeTest {
  @ParameterizedTest
  @EnumSource
  void liesInTheUnitDisc(Shape shape) {
    for (double u = -1.5; u <= 1.5; u += 0.01) {
      for (double v = -1.5; v <= 1.5; v += 0.01) {
        if (shape.contains(u, v)) {
          assertThat(u * u + v * v).as("(%f, %f)", u, v).isLessThanOrEqualTo(1.01);
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "DISC, 0, 0, true",
    "DISC, 0.7, 0.7, false",
    "RING, 0, 0, false",
    "RING, 0, 0.7, true",
    "SQUARE, 0.7, 0.7, true",
    "SQUARE, 0.72, 0, false",
    "TRIANGLE, 0, 0.99, true",
    "TRIANGLE, 0, -0.51, false",
    "TRIANGLE, 0.5, 0.5, false",
    "TRIANGLE, 0.8, -0.49, true",
    "CROSS, 0.9, 0, true",
    "CROSS, 0, -0.9, true",
    "CROSS, 0.5, 0.5, false",
    "STAR, 0, 0.98, true",
    "STAR, 0, -0.38, true",
    "STAR, 0, -0.4, false",
    "STAR, 0.58, 0.8, false",
    "CRESCENT, -0.8, 0, true",
    "CRESCENT, 0.4, 0, false",
    "HORIZONTAL_STRIPES, 0.6, 0, true",
    "HORIZONTAL_STRIPES, 0, 0.3, false",
    "VERTICAL_STRIPES, 0, 0.6, true",
    "VERTICAL_STRIPES, 0.3, 0, false",
    "CHECKERBOARD, 0.1, 0.1, true",
    "CHECKERBOARD, 0.1, -0.1, false",
  })
  void contains(Shape shape, double u, double v, boolean inside) {
    assertThat(shape.contains(u, v)).isEqualTo(inside);
  }

  @Test
  void classNamesAreInTheOrderOfTheLabels() {
    assertThat(Shape.classNames()).startsWith("disc", "ring").endsWith("checkerboard").hasSize(10);
  }
}
