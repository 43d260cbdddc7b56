/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.solver.rungekutta;

import java.util.function.Supplier;
import java.util.stream.IntStream;

/** What the literature says of each named method. */
enum NamedTableau {
  EULER(Tableaus::euler, 1, 1),
  EXPLICIT_MIDPOINT(Tableaus::explicitMidpoint, 2, 2),
  HEUN(Tableaus::heun, 2, 2),
  RALSTON(Tableaus::ralston, 2, 2),
  KUTTA_THIRD_ORDER(Tableaus::kuttaThirdOrder, 3, 3),
  CLASSIC_RUNGE_KUTTA(Tableaus::classicRungeKutta, 4, 4),
  THREE_EIGHTHS_RULE(Tableaus::threeEighthsRule, 4, 4),
  HEUN_EULER(Tableaus::heunEuler, 2, 2, 1, 2, false),
  BOGACKI_SHAMPINE(Tableaus::bogackiShampine, 3, 4, 2, 3, true),
  DORMAND_PRINCE(Tableaus::dormandPrince, 5, 7, 4, 4, true),
  TSITOURAS(Tableaus::tsitouras, 5, 7, 4, 4, true);

  static final int NONE = 0;

  @SuppressWarnings("ImmutableEnumChecker") // a method reference, without state
  private final Supplier<ButcherTableau> factory;

  final int order;
  final int stages;
  final int embeddedOrder;
  final int denseOrder;
  final boolean firstSameAsLast;

  NamedTableau(Supplier<ButcherTableau> factory, int order, int stages) {
    this(factory, order, stages, NONE, NONE, false);
  }

  NamedTableau(
      Supplier<ButcherTableau> factory,
      int order,
      int stages,
      int embeddedOrder,
      int denseOrder,
      boolean firstSameAsLast) {
    this.factory = factory;
    this.order = order;
    this.stages = stages;
    this.embeddedOrder = embeddedOrder;
    this.denseOrder = denseOrder;
    this.firstSameAsLast = firstSameAsLast;
  }

  ButcherTableau tableau() {
    return factory.get();
  }

  static double[][] rows(ButcherTableau tableau) {
    return IntStream.range(0, tableau.stages())
        .mapToObj(i -> IntStream.range(0, i).mapToDouble(j -> tableau.a(i, j)).toArray())
        .toArray(double[][]::new);
  }

  static double[] weights(ButcherTableau tableau) {
    return IntStream.range(0, tableau.stages()).mapToDouble(tableau::b).toArray();
  }

  static double[] nodes(ButcherTableau tableau) {
    return IntStream.range(0, tableau.stages()).mapToDouble(tableau::c).toArray();
  }

  static double[] embeddedWeights(ButcherTableau tableau) {
    return IntStream.range(0, tableau.stages())
        .mapToDouble(i -> tableau.b(i) - tableau.errorWeight(i))
        .toArray();
  }
}
