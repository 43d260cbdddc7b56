/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.solver.rungekutta;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class RootedTreeTest {
  private static final RootedTree TAU = RootedTree.of();

  @Test
  void thereAreAsManyTreesOfEachOrderAsCayleyCounted() {
    assertThat(RootedTree.upTo(9))
        .extracting(List::size)
        .containsExactly(1, 1, 2, 4, 9, 20, 48, 115, 286);
  }

  @Test
  void noTreeComesTwice() {
    for (List<RootedTree> trees : RootedTree.upTo(7)) {
      assertThat(trees.stream().map(RootedTreeTest::unordered)).doesNotHaveDuplicates();
    }
  }

  /** A text that is the same for all orders of the children. */
  private static String unordered(RootedTree tree) {
    return tree.children().stream()
        .map(RootedTreeTest::unordered)
        .sorted()
        .collect(Collectors.joining("", "(", ")"));
  }

  @Test
  void everyTreeHasTheOrderItIsListedUnder() {
    List<List<RootedTree>> byOrder = RootedTree.upTo(7);
    for (int order = 1; order <= 7; order++) {
      assertThat(byOrder.get(order - 1)).extracting(RootedTree::order).containsOnly(order);
    }
  }

  @Test
  void treesAreWrittenInButchersBrackets() {
    assertThat(RootedTree.upTo(4).get(3))
        .extracting(RootedTree::toString)
        .containsExactly("[tau, tau, tau]", "[tau, [tau]]", "[[tau, tau]]", "[[[tau]]]");
  }

  @Test
  void densityOfABushIsItsOrder() {
    assertThat(RootedTree.of(TAU, TAU, TAU, TAU).density()).isEqualTo(5);
  }

  @Test
  void densityOfATallTreeIsTheFactorialOfItsOrder() {
    RootedTree tall = TAU;
    for (int order = 2; order <= 6; order++) {
      tall = RootedTree.of(tall);
    }
    assertThat(tall.density()).isEqualTo(720);
  }

  @Test
  void densityOfAMixedTreeIsTheProductOfTheOrdersOfItsSubtrees() {
    RootedTree cherry = RootedTree.of(TAU, TAU);
    assertThat(RootedTree.of(TAU, RootedTree.of(TAU)).density()).isEqualTo(4 * 2);
    assertThat(RootedTree.of(RootedTree.of(TAU), cherry).density()).isEqualTo(6 * 2 * 3);
  }
}
