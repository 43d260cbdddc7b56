/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.solver.rungekutta;

/**
 * The tableaus of the named methods. Each call builds and proves its tableau anew, so a method
 * class keeps the one it uses.
 */
public final class Tableaus {
  private Tableaus() {}

  /** Euler's method: order 1, 1 stage (Euler, 1768). */
  public static ButcherTableau euler() {
    return ButcherTableau.ofOrder(1).stage(0).weights(1).build();
  }

  /** The explicit midpoint method: order 2, 2 stages (Runge, 1895). */
  public static ButcherTableau explicitMidpoint() {
    return ButcherTableau.ofOrder(2).stage(0).stage(1.0 / 2, 1.0 / 2).weights(0, 1).build();
  }

  /** Heun's method, the explicit trapezoidal rule: order 2, 2 stages (Heun, 1900). */
  public static ButcherTableau heun() {
    return ButcherTableau.ofOrder(2).stage(0).stage(1, 1).weights(1.0 / 2, 1.0 / 2).build();
  }

  /**
   * Ralston's method: order 2, 2 stages, with the least bound on the local error among those
   * (Ralston, 1962).
   */
  public static ButcherTableau ralston() {
    return ButcherTableau.ofOrder(2)
        .stage(0)
        .stage(2.0 / 3, 2.0 / 3)
        .weights(1.0 / 4, 3.0 / 4)
        .build();
  }

  /** Kutta's method of order 3 with the nodes of Simpson's rule: 3 stages (Kutta, 1901). */
  public static ButcherTableau kuttaThirdOrder() {
    return ButcherTableau.ofOrder(3)
        .stage(0)
        .stage(1.0 / 2, 1.0 / 2)
        .stage(1, -1, 2)
        .weights(1.0 / 6, 2.0 / 3, 1.0 / 6)
        .build();
  }

  /** The classical Runge-Kutta method: order 4, 4 stages (Kutta, 1901). */
  public static ButcherTableau classicRungeKutta() {
    return ButcherTableau.ofOrder(4)
        .stage(0)
        .stage(1.0 / 2, 1.0 / 2)
        .stage(1.0 / 2, 0, 1.0 / 2)
        .stage(1, 0, 0, 1)
        .weights(1.0 / 6, 1.0 / 3, 1.0 / 3, 1.0 / 6)
        .build();
  }

  /**
   * The 3/8 rule: order 4, 4 stages (Kutta, 1901). Some libraries call this method {@code rk4}; its
   * results differ from those of the {@linkplain #classicRungeKutta() classical} one.
   */
  public static ButcherTableau threeEighthsRule() {
    return ButcherTableau.ofOrder(4)
        .stage(0)
        .stage(1.0 / 3, 1.0 / 3)
        .stage(2.0 / 3, -1.0 / 3, 1)
        .stage(1, 1, -1, 1)
        .weights(1.0 / 8, 3.0 / 8, 3.0 / 8, 1.0 / 8)
        .build();
  }

  /**
   * The pair of Heun's and Euler's methods: order 2, 2 stages, embedded order 1 (Heun, 1900; Euler,
   * 1768). Dense output of order 2: the parabola through the start of the step and both slopes,
   * {@code b(theta) = (theta - theta^2 / 2, theta^2 / 2)}.
   */
  public static ButcherTableau heunEuler() {
    double[] weights = {1.0 / 2, 1.0 / 2};
    return ButcherTableau.ofOrder(2)
        .stage(0)
        .stage(1, 1)
        .weights(weights)
        .errorWeights(1, -1.0 / 2, 1.0 / 2)
        .denseWeights(DenseWeights.of(2, weights, new double[] {1.0 / 2}, new double[] {-1.0 / 2}))
        .build();
  }

  /**
   * The pair of Bogacki and Shampine: order 3, 4 stages, of which the last is the first of the next
   * step, embedded order 2 (Bogacki and Shampine, 1989). Dense output of order 3: the cubic Hermite
   * polynomial.
   */
  public static ButcherTableau bogackiShampine() {
    double[] weights = {2.0 / 9, 1.0 / 3, 4.0 / 9, 0};
    return ButcherTableau.ofOrder(3)
        .stage(0)
        .stage(1.0 / 2, 1.0 / 2)
        .stage(3.0 / 4, 0, 3.0 / 4)
        .stage(1, 2.0 / 9, 1.0 / 3, 4.0 / 9)
        .weights(weights)
        .errorWeights(2, -5.0 / 72, 1.0 / 12, 1.0 / 9, -1.0 / 8)
        .denseWeights(DenseWeights.hermite(3, weights))
        .build();
  }

  /**
   * The pair of Dormand and Prince: order 5, 7 stages, of which the last is the first of the next
   * step, embedded order 4 (Dormand and Prince, 1980). Dense output of order 4 (Hairer, Norsett and
   * Wanner, 1993, section II.6).
   */
  public static ButcherTableau dormandPrince() {
    double[] weights = {35.0 / 384, 0, 500.0 / 1113, 125.0 / 192, -2187.0 / 6784, 11.0 / 84, 0};
    return ButcherTableau.ofOrder(5)
        .stage(0)
        .stage(1.0 / 5, 1.0 / 5)
        .stage(3.0 / 10, 3.0 / 40, 9.0 / 40)
        .stage(4.0 / 5, 44.0 / 45, -56.0 / 15, 32.0 / 9)
        .stage(8.0 / 9, 19372.0 / 6561, -25360.0 / 2187, 64448.0 / 6561, -212.0 / 729)
        .stage(1, 9017.0 / 3168, -355.0 / 33, 46732.0 / 5247, 49.0 / 176, -5103.0 / 18656)
        .stage(1, 35.0 / 384, 0, 500.0 / 1113, 125.0 / 192, -2187.0 / 6784, 11.0 / 84)
        .weights(weights)
        .errorWeights(
            4,
            71.0 / 57600,
            0,
            -71.0 / 16695,
            71.0 / 1920,
            -17253.0 / 339200,
            22.0 / 525,
            -1.0 / 40)
        .denseWeights(
            DenseWeights.hermite(
                4,
                weights,
                -12715105075.0 / 11282082432.0,
                0,
                87487479700.0 / 32700410799.0,
                -10690763975.0 / 1880347072.0,
                701980252875.0 / 199316789632.0,
                -1453857185.0 / 822651844.0,
                69997945.0 / 29380423.0))
        .build();
  }

  /**
   * The pair of Tsitouras: order 5, 7 stages, of which the last is the first of the next step,
   * embedded order 4, with a smaller leading error than {@linkplain #dormandPrince() Dormand and
   * Prince's} (Tsitouras, 2011). Dense output of order 4: his quartic polynomials, whose
   * coefficients of the fourth power are the bubble's. The coefficients were published as decimals
   * of double precision; the order conditions hold within 1e-15.
   */
  public static ButcherTableau tsitouras() {
    double[] weights = {
      0.09646076681806523,
      0.01,
      0.4798896504144996,
      1.379008574103742,
      -3.290069515436081,
      2.324710524099774,
      0
    };
    return ButcherTableau.ofOrder(5)
        .stage(0)
        .stage(0.161, 0.161)
        .stage(0.327, -0.008480655492356989, 0.335480655492357)
        .stage(0.9, 2.8971530571054935, -6.359448489975075, 4.3622954328695815)
        .stage(
            0.9800255409045097,
            5.325864828439257,
            -11.748883564062828,
            7.4955393428898365,
            -0.09249506636175525)
        .stage(
            1,
            5.86145544294642,
            -12.92096931784711,
            8.159367898576159,
            -0.071584973281401,
            -0.028269050394068383)
        .stage(
            1,
            0.09646076681806523,
            0.01,
            0.4798896504144996,
            1.379008574103742,
            -3.290069515436081,
            2.324710524099774)
        .weights(weights)
        .errorWeights(
            4,
            -0.001780011052225777,
            -0.0008164344596567469,
            0.007880878010261995,
            -0.1447110071732629,
            0.5823571654525552,
            -0.45808210592918697,
            1.0 / 66)
        .denseWeights(
            DenseWeights.hermite(
                4,
                weights,
                -1.0530884977290216,
                0.1017,
                2.490627285651253,
                -16.548102889244902,
                47.37952196281928,
                -34.87065786149661,
                2.5))
        .build();
  }
}
