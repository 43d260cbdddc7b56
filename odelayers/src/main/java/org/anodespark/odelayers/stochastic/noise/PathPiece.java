/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.stochastic.noise;

/**
 * What is known of many Brownian motions W over one interval of length h: by how much each moved,
 * and the integral over the interval of its distance from where it was at the start. The two say
 * all that step methods read. The arrays belong to the piece and change with it.
 */
final class PathPiece {
  private final double[] increment;
  private final double[] integral;
  private double length;

  private PathPiece(double[] increment, double[] integral, double length) {
    this.increment = increment;
    this.integral = integral;
    this.length = length;
  }

  /** A piece of no length. */
  static PathPiece empty(int entries) {
    return new PathPiece(new double[entries], new double[entries], 0);
  }

  /**
   * A piece of which nothing else is known: the increment has variance h, and the integral given it
   * has mean {@code h / 2} times the increment and variance {@code h^3 / 12}.
   *
   * @param key of its normal numbers
   */
  static PathPiece fresh(int entries, double length, long key) {
    double[] increment = new double[entries];
    double[] integral = new double[entries];
    double deviation = Math.sqrt(length);
    double deviationOfArea = Math.sqrt(length / 12);
    for (int i = 0; i < entries; i++) {
      increment[i] = deviation * StandardNormal.number(key, 2L * i);
      double area = deviationOfArea * StandardNormal.number(key, 2L * i + 1);
      integral[i] = length * (increment[i] / 2 + area);
    }
    return new PathPiece(increment, integral, length);
  }

  /**
   * The first part of this piece, drawn from its law given the whole: a Brownian bridge for
   * increment and integral at once.
   *
   * <p>With a and b the lengths of the two parts, {@code H = integral / h - increment / 2} and
   * {@code q = a^2 - a b + b^2}, the first part has increment {@code (a / h) W + (6 a b / h^2) H +
   * z} and area {@code (a^2 / h^2) H - (a^2 / (2 q)) z + n}, where z and n are independent and
   * normal with variances {@code a b q / h^3} and {@code a / 12 - a^4 / (12 h^3) - a^5 b / (4 h^3
   * q)}. These are the conditional moments of jointly normal numbers; for halves they are those of
   * Foster, Lyons and Oberhauser, "An optimal polynomial approximation of Brownian motion", SIAM
   * Journal on Numerical Analysis 58(3), 2020.
   *
   * @param part length of the first part, above 0 and below that of the piece
   * @param key of its normal numbers
   */
  PathPiece firstPart(double part, long key) {
    double h = length;
    double a = part / h;
    double b = 1 - a;
    double q = a * a - a * b + b * b;
    double deviation = Math.sqrt(h * a * b * q);
    double variance = a / 12 - a * a * a * a / 12 - Math.pow(a, 5) * b / (4 * q);
    double deviationOfArea = Math.sqrt(h * Math.max(0, variance));
    double[] firstIncrement = new double[increment.length];
    double[] firstIntegral = new double[increment.length];
    for (int i = 0; i < increment.length; i++) {
      double area = integral[i] / h - increment[i] / 2;
      double z = deviation * StandardNormal.number(key, 2L * i);
      double n = deviationOfArea * StandardNormal.number(key, 2L * i + 1);
      double first = a * increment[i] + 6 * a * b * area + z;
      firstIncrement[i] = first;
      firstIntegral[i] = part * (first / 2 + a * a * area - a * a / (2 * q) * z + n);
    }
    return new PathPiece(firstIncrement, firstIntegral, part);
  }

  /** Adds the piece that follows. */
  void append(PathPiece next) {
    for (int i = 0; i < increment.length; i++) {
      integral[i] += next.length * increment[i] + next.integral[i];
      increment[i] += next.increment[i];
    }
    length += next.length;
  }

  /** Takes away the first part. */
  void removeFirst(PathPiece first) {
    length -= first.length;
    for (int i = 0; i < increment.length; i++) {
      increment[i] -= first.increment[i];
      integral[i] -= first.integral[i] + length * first.increment[i];
    }
  }

  /** A piece with the same numbers. */
  PathPiece copy() {
    return new PathPiece(increment.clone(), integral.clone(), length);
  }

  /** The increments; not a copy. */
  double[] increment() {
    return increment;
  }

  /**
   * Numbers of variance h, independent of the increments, that say the rest: {@code dZ = 2 sqrt(3)
   * H}, so that the integral is {@code (h / 2) (dW + dZ / sqrt(3))}.
   */
  double[] independentPart(double exactLength) {
    double[] rest = new double[increment.length];
    for (int i = 0; i < rest.length; i++) {
      rest[i] = 2 * Math.sqrt(3) * (integral[i] / exactLength - increment[i] / 2);
    }
    return rest;
  }
}
