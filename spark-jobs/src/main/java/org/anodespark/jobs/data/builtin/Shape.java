/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.data.builtin;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The figures of the built-in images, one per class, in the order of their labels.
 *
 * <p>Each lies in the disc of radius 1 around the origin, in coordinates u to the right and v
 * upwards, before it is turned, scaled and moved. Only additions, multiplications and comparisons
 * decide what is inside, so that every machine decides alike.
 */
public enum Shape {
  DISC {
    @Override
    boolean contains(double u, double v) {
      return u * u + v * v <= 0.85 * 0.85;
    }
  },
  RING {
    @Override
    boolean contains(double u, double v) {
      double squared = u * u + v * v;
      return squared <= 0.95 * 0.95 && squared >= 0.5 * 0.5;
    }
  },
  SQUARE {
    @Override
    boolean contains(double u, double v) {
      return inSquare(u, v, 0.71);
    }
  },
  TRIANGLE {
    @Override
    boolean contains(double u, double v) {
      // equilateral, one corner at (0, 1)
      return v >= -0.5 && Math.abs(u) * SQUARE_ROOT_OF_3 + v <= 1;
    }
  },
  CROSS {
    @Override
    boolean contains(double u, double v) {
      double across = Math.min(Math.abs(u), Math.abs(v));
      double along = Math.max(Math.abs(u), Math.abs(v));
      return across <= 0.25 && along <= 0.95;
    }
  },
  STAR {
    @Override
    boolean contains(double u, double v) {
      // A five-pointed star is what lies outside at most one side of its inner pentagon.
      int outside = 0;
      for (double[] normal : PENTAGON_NORMALS) {
        if (normal[0] * u + normal[1] * v > PENTAGON_INRADIUS) {
          outside++;
        }
      }
      return outside <= 1;
    }
  },
  CRESCENT {
    @Override
    boolean contains(double u, double v) {
      double shifted = u - 0.45;
      return u * u + v * v <= 0.95 * 0.95 && shifted * shifted + v * v >= 0.75 * 0.75;
    }
  },
  HORIZONTAL_STRIPES {
    @Override
    boolean contains(double u, double v) {
      // five bands, of which the outer two and the middle one are drawn
      return inSquare(u, v, 0.71) && isEven(band(v, 5));
    }
  },
  VERTICAL_STRIPES {
    @Override
    boolean contains(double u, double v) {
      return inSquare(u, v, 0.71) && isEven(band(u, 5));
    }
  },
  CHECKERBOARD {
    @Override
    boolean contains(double u, double v) {
      return inSquare(u, v, 0.71) && isEven(band(u, 4) + band(v, 4));
    }
  };

  private static final double SQUARE_ROOT_OF_3 = 1.7320508075688772;

  /** Distance of the inner pentagon's sides from the centre of a star of radius 1: cos 72°. */
  private static final double PENTAGON_INRADIUS = 0.30901699437494745;

  /** Unit normals of those sides, which point at the tips: at 90°, 162°, 234°, 306° and 18°. */
  private static final double[][] PENTAGON_NORMALS = {
    {0, 1},
    {-0.9510565162951535, 0.30901699437494745},
    {-0.5877852522924731, -0.8090169943749475},
    {0.5877852522924731, -0.8090169943749475},
    {0.9510565162951535, 0.30901699437494745},
  };

  /** Whether the point is part of the figure. */
  abstract boolean contains(double u, double v);

  /** The names of all classes in the order of their labels, e.g. {@code disc}. */
  public static List<String> classNames() {
    return Arrays.stream(values()).map(shape -> shape.name().toLowerCase(Locale.ROOT)).toList();
  }

  private static boolean inSquare(double u, double v, double halfSide) {
    return Math.max(Math.abs(u), Math.abs(v)) <= halfSide;
  }

  /** Which of {@code count} equal bands of the square of half side 0.71 the coordinate is in. */
  private static int band(double coordinate, int count) {
    return (int) ((coordinate + 0.71) * (count / 1.42));
  }

  private static boolean isEven(int number) {
    return (number & 1) == 0;
  }
}
