/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.solver;

import java.util.List;
import org.anodespark.odelayers.dynamics.VectorField;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Problems whose solutions are known, in double precision: the one registry for all tests.
 *
 * <p>A1 to B5 are those of Hull, Enright, Fellen and Sedgwick, "Comparing numerical methods for
 * ordinary differential equations", SIAM Journal on Numerical Analysis 9, 1972. Where no solution
 * is written down, the final state was computed once by an independent program with a method of
 * order 8, at two tolerances that agree in the digits given.
 */
public final class TestProblem {
  /** Linear, autonomous, two components. */
  public static final TestProblem DECAY =
      solved(
          "y' = -y",
          0,
          4,
          new double[] {1, 0.1},
          (t, y) -> new double[] {-y[0], -y[1]},
          t -> new double[] {Math.exp(-t), 0.1 * Math.exp(-t)});

  /** Linear, driven by time. */
  public static final TestProblem DRIVEN =
      solved(
          "y' = t^3 - t y",
          0,
          1,
          new double[] {0},
          (t, y) -> new double[] {t * t * t - t * y[0]},
          t -> new double[] {t * t + 2 * Math.expm1(-t * t / 2)});

  /** Linear with a coefficient that depends on time, so that wrong nodes show. */
  public static final TestProblem MODULATED =
      solved(
          "y' = cos(t) y",
          0,
          2,
          new double[] {1},
          (t, y) -> new double[] {Math.cos(t) * y[0]},
          t -> new double[] {Math.exp(Math.sin(t))});

  /** Rational in time and state. */
  public static final TestProblem SPIRAL_COORDINATE =
      solved(
          "y' = (y - t) / (y + t)",
          0,
          4,
          new double[] {4},
          (t, y) -> new double[] {(y[0] - t) / (y[0] + t)},
          t -> new double[] {spiralCoordinate(t)});

  /** Linear, driven by a polynomial; problem 6 of Hipparchus' test suite. */
  public static final TestProblem POLYNOMIAL =
      solved(
          "y' = 3 t^5 - y",
          0,
          1,
          new double[] {-360},
          (t, y) -> new double[] {3 * Math.pow(t, 5) - y[0]},
          t -> new double[] {((((3 * t - 15) * t + 60) * t - 180) * t + 360) * t - 360});

  /** Cubic in the state, modulated in time; its end by a Taylor series method with 25 digits. */
  public static final TestProblem CUBIC_SPIRAL =
      withEnd(
          "cubic spiral",
          2,
          new double[] {0.6, 0.3},
          (t, y) -> {
            double first = y[0] * y[0] * y[0];
            double second = y[1] * y[1] * y[1];
            double factor = Math.cos(t / 2);
            return new double[] {
              factor * (-0.1 * first - 2 * second), factor * (2 * first - 0.1 * second)
            };
          },
          0.09976158531456507,
          0.579055201333033);

  /** Duffing's oscillator, E3 of the same test set; its end by a Taylor series with 25 digits. */
  public static final TestProblem DRIVEN_OSCILLATOR =
      withEnd(
          "y'' = y^3 / 6 - y + 2 sin(2.78535 t)",
          2,
          new double[] {0, 0},
          (t, y) -> new double[] {y[1], y[0] * y[0] * y[0] / 6 - y[0] + 2 * Math.sin(2.78535 * t)},
          1.0130271000521522,
          -0.8098744277600252);

  /** Mildly stiff, with changes of pace. */
  public static final TestProblem VAN_DER_POL =
      withEnd(
          "Van der Pol, mu = 5",
          12,
          new double[] {2, 0},
          (t, y) -> new double[] {y[1], 5 * (1 - y[0] * y[0]) * y[1] - y[0]},
          1.95668252002273,
          -0.13718816774125);

  private static final double DETEST_END = 20;

  private static final List<TestProblem> CLASS_A =
      List.of(
          solved(
              "A1",
              0,
              DETEST_END,
              new double[] {1},
              (t, y) -> new double[] {-y[0]},
              t -> new double[] {Math.exp(-t)}),
          solved(
              "A2",
              0,
              DETEST_END,
              new double[] {1},
              (t, y) -> new double[] {-y[0] * y[0] * y[0] / 2},
              t -> new double[] {1 / Math.sqrt(1 + t)}),
          solved(
              "A3",
              0,
              DETEST_END,
              new double[] {1},
              (t, y) -> new double[] {y[0] * Math.cos(t)},
              t -> new double[] {Math.exp(Math.sin(t))}),
          solved(
              "A4",
              0,
              DETEST_END,
              new double[] {1},
              (t, y) -> new double[] {y[0] / 4 * (1 - y[0] / 20)},
              t -> new double[] {20 / (1 + 19 * Math.exp(-t / 4))}),
          solved(
              "A5",
              0,
              DETEST_END,
              new double[] {4},
              (t, y) -> new double[] {(y[0] - t) / (y[0] + t)},
              t -> new double[] {spiralCoordinate(t)}));

  private static final List<TestProblem> CLASS_B =
      List.of(
          withEnd(
              "B1",
              DETEST_END,
              new double[] {1, 3},
              (t, y) -> new double[] {2 * (y[0] - y[0] * y[1]), -(y[1] - y[0] * y[1])},
              .676187600858,
              .186081609964),
          solved(
              "B2",
              0,
              DETEST_END,
              new double[] {2, 0, 1},
              (t, y) -> new double[] {-y[0] + y[1], y[0] - 2 * y[1] + y[2], y[1] - y[2]},
              t -> {
                double slow = Math.exp(-t) / 2;
                double fast = Math.exp(-3 * t);
                return new double[] {1 + slow + fast / 2, 1 - fast, 1 - slow + fast / 2};
              }),
          withEnd(
              "B3",
              DETEST_END,
              new double[] {1, 0, 0},
              (t, y) -> new double[] {-y[0], y[0] - y[1] * y[1], y[1] * y[1]},
              2.06115e-09,
              .0525722802205,
              .947427717718),
          withEnd(
              "B4",
              DETEST_END,
              new double[] {3, 0, 0},
              (t, y) -> {
                double r = Math.hypot(y[0], y[1]);
                return new double[] {-y[1] - y[0] * y[2] / r, y[0] - y[1] * y[2] / r, y[0] / r};
              },
              .9826950928,
              2.19844708169,
              .912945250728),
          withEnd(
              "B5",
              DETEST_END,
              new double[] {0, 1, 1},
              (t, y) -> new double[] {y[1] * y[2], -y[0] * y[2], -.51 * y[0] * y[1]},
              -.939657079873,
              -.3421177754,
              .74141265962));

  private final String name;
  private final double start;
  private final double end;
  private final double[] initial;
  private final FunctionField.Function function;
  private final Solution solution;
  private final double[] last;

  private TestProblem(
      String name,
      double start,
      double end,
      double[] initial,
      FunctionField.Function function,
      Solution solution,
      double[] last) {
    this.name = name;
    this.start = start;
    this.end = end;
    this.initial = initial;
    this.function = function;
    this.solution = solution;
    this.last = last;
  }

  private static TestProblem solved(
      String name,
      double start,
      double end,
      double[] initial,
      FunctionField.Function function,
      Solution solution) {
    return new TestProblem(name, start, end, initial, function, solution, solution.at(end));
  }

  private static TestProblem withEnd(
      String name, double end, double[] initial, FunctionField.Function function, double... last) {
    return new TestProblem(name, 0, end, initial, function, null, last);
  }

  /** Problems that tell apart all that a method of order up to 5 can do wrong. */
  public static List<TestProblem> forConvergence() {
    return List.of(
        DRIVEN, MODULATED, POLYNOMIAL, SPIRAL_COORDINATE, CUBIC_SPIRAL, DRIVEN_OSCILLATOR);
  }

  /** A1 to A5: one equation each. */
  public static List<TestProblem> classA() {
    return CLASS_A;
  }

  /** B1 to B5: small systems. */
  public static List<TestProblem> classB() {
    return CLASS_B;
  }

  /**
   * The solution of A5: a logarithmic spiral {@code r = 4 exp(pi / 2 - phi)}, of which time is the
   * abscissa and y the ordinate; the angle by bisection.
   */
  private static double spiralCoordinate(double t) {
    double low = -Math.PI / 2;
    double high = Math.PI / 2;
    for (int i = 0; i < 100; i++) {
      double middle = (low + high) / 2;
      if (4 * Math.exp(Math.PI / 2 - middle) * Math.cos(middle) > t) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return 4 * Math.exp(Math.PI / 2 - low) * Math.sin(low);
  }

  public double start() {
    return start;
  }

  public double end() {
    return end;
  }

  /** The initial state, shape {@code [d]}, a new array. */
  public INDArray initial() {
    return state(initial);
  }

  /** A state of this problem's shape, content undefined. */
  public INDArray empty() {
    return Nd4j.create(DataType.DOUBLE, initial.length);
  }

  /** A state of given numbers. */
  public static INDArray state(double... values) {
    return Nd4j.createFromArray(values.clone());
  }

  public VectorField field() {
    return new FunctionField(function);
  }

  /** Whether the solution is known at all times, and not only at the end. */
  public boolean isSolved() {
    return solution != null;
  }

  /** The greatest error of a state over its components. */
  public double error(double t, INDArray y) {
    double[] exact = t == end ? last : solution.at(t);
    double greatest = 0;
    for (int i = 0; i < exact.length; i++) {
      greatest = Math.max(greatest, Math.abs(y.getDouble(i) - exact[i]));
    }
    return greatest;
  }

  @Override
  public String toString() {
    return name;
  }

  /** The solution at a time. */
  private interface Solution {
    double[] at(double t);
  }
}
