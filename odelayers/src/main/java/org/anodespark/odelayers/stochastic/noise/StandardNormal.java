/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.stochastic.noise;

/**
 * Standard normal numbers that are computed from a counter instead of drawn from a stream: number i
 * of a key is a function of the two alone, so it does not matter who asks first, or on which
 * machine. Only operations that Java defines to the bit are used.
 *
 * <p>Counters become random bits by SplitMix64 (Steele, Lea and Flood, "Fast splittable
 * pseudorandom number generators", OOPSLA 2014), and bits become normal numbers by the inverse of
 * the distribution function (Wichura, "Algorithm AS 241: the percentage points of the normal
 * distribution", Applied Statistics 37, 1988), whose relative error is about 1e-16.
 */
final class StandardNormal {
  private static final long GOLDEN_RATIO = 0x9e3779b97f4a7c15L;
  private static final double UNIT_OF_52_BITS = 0x1.0p-52;

  /** Up to this distance of a probability from 1/2 one quotient of polynomials does. */
  private static final double CENTRAL = 0.425;

  private static final double[] CENTRAL_NUMERATOR = {
    3.3871328727963665,
    133.14166789178438,
    1971.5909503065513,
    13731.69376550946,
    45921.95393154987,
    67265.7709270087,
    33430.57558358813,
    2509.0809287301227
  };
  private static final double[] CENTRAL_DENOMINATOR = {
    1.0,
    42.31333070160091,
    687.1870074920579,
    5394.196021424751,
    21213.794301586597,
    39307.89580009271,
    28729.085735721943,
    5226.495278852854
  };
  private static final double[] TAIL_NUMERATOR = {
    1.4234371107496835,
    4.630337846156546,
    5.769497221460691,
    3.6478483247632045,
    1.2704582524523684,
    0.2417807251774506,
    0.022723844989269184,
    0.0007745450142783414
  };
  private static final double[] TAIL_DENOMINATOR = {
    1.0,
    2.053191626637759,
    1.6763848301838038,
    0.6897673349851,
    0.14810397642748008,
    0.015198666563616457,
    0.0005475938084995345,
    1.0507500716444169e-9
  };
  private static final double[] FAR_NUMERATOR = {
    6.657904643501103,
    5.463784911164114,
    1.7848265399172913,
    0.29656057182850487,
    0.026532189526576124,
    0.0012426609473880784,
    2.7115555687434876e-5,
    2.0103343992922881e-7
  };
  private static final double[] FAR_DENOMINATOR = {
    1.0,
    0.599832206555888,
    0.1369298809227358,
    0.014875361290850615,
    0.0007868691311456133,
    1.8463183175100548e-5,
    1.421511758316446e-7,
    2.0442631033899397e-15
  };

  private StandardNormal() {}

  /** A key of its own for each pair of a key and a label. */
  static long key(long key, long label) {
    return mix(mix(key) + GOLDEN_RATIO * label);
  }

  /** Number {@code index} of a key, {@code index >= 0}. */
  static double number(long key, long index) {
    long bits = mix(key + GOLDEN_RATIO * (index + 1));
    // never 0 and never 1
    return quantile(((bits >>> 12) + 0.5) * UNIT_OF_52_BITS);
  }

  private static long mix(long bits) {
    long z = (bits ^ (bits >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }

  /**
   * The number below which a standard normal variable lies with the given probability.
   *
   * @param probability above 0 and below 1
   */
  static double quantile(double probability) {
    double distance = probability - 0.5;
    if (Math.abs(distance) <= CENTRAL) {
      double r = CENTRAL * CENTRAL - distance * distance;
      return distance * polynomial(CENTRAL_NUMERATOR, r) / polynomial(CENTRAL_DENOMINATOR, r);
    }
    double tail = Math.min(probability, 1 - probability);
    double r = Math.sqrt(-StrictMath.log(tail));
    double size =
        r <= 5
            ? polynomial(TAIL_NUMERATOR, r - 1.6) / polynomial(TAIL_DENOMINATOR, r - 1.6)
            : polynomial(FAR_NUMERATOR, r - 5) / polynomial(FAR_DENOMINATOR, r - 5);
    return Math.copySign(size, distance);
  }

  private static double polynomial(double[] coefficients, double x) {
    double sum = coefficients[7];
    for (int i = 6; i >= 0; i--) {
      sum = sum * x + coefficients[i];
    }
    return sum;
  }
}
