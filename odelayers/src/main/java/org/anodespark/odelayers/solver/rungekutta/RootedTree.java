/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.solver.rungekutta;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A rooted tree, the index of one order condition (Butcher, 1963): the tree {@code tau} is a single
 * vertex, and {@code [t1, t2, ...]} joins the roots of its children to a new root.
 *
 * @param children the subtrees at the root; trees of {@link #upTo} list them in one canonical
 *     order, so that equal trees are equal values
 */
record RootedTree(List<RootedTree> children) {
  RootedTree {
    children = List.copyOf(children);
  }

  /** The tree of these children; without children, {@code tau}. */
  static RootedTree of(RootedTree... children) {
    return new RootedTree(List.of(children));
  }

  /**
   * All rooted trees of the orders 1 to {@code order}: entry n - 1 of the result holds those of
   * order n, which are 1, 1, 2, 4, 9, 20, 48, 115, 286, ... (the sequence A000081).
   */
  static List<List<RootedTree>> upTo(int order) {
    List<List<RootedTree>> byOrder = new ArrayList<>();
    List<RootedTree> smaller = new ArrayList<>();
    for (int size = 1; size <= order; size++) {
      List<RootedTree> trees = new ArrayList<>();
      appendForests(smaller, size - 1, 0, new ArrayList<>(), trees);
      byOrder.add(List.copyOf(trees));
      smaller.addAll(trees);
    }
    return List.copyOf(byOrder);
  }

  /**
   * Appends a tree for every way to fill {@code vertices} further vertices with trees of {@code
   * smaller} from index {@code first} on; as indices never fall, no set of children comes twice.
   */
  private static void appendForests(
      List<RootedTree> smaller,
      int vertices,
      int first,
      List<RootedTree> children,
      List<RootedTree> trees) {
    if (vertices == 0) {
      trees.add(new RootedTree(children));
      return;
    }
    for (int index = first; index < smaller.size(); index++) {
      RootedTree child = smaller.get(index);
      if (child.order() > vertices) {
        return; // so are all that follow
      }
      children.add(child);
      appendForests(smaller, vertices - child.order(), index, children, trees);
      children.remove(children.size() - 1);
    }
  }

  /** Number of vertices. */
  int order() {
    return 1 + children.stream().mapToInt(RootedTree::order).sum();
  }

  /** The density gamma: the order times the densities of the children. */
  long density() {
    return children.stream().mapToLong(RootedTree::density).reduce(order(), (x, y) -> x * y);
  }

  boolean isSingleVertex() {
    return children.isEmpty();
  }

  /** Butcher's brackets, for example {@code [tau, [tau]]}. */
  @Override
  public String toString() {
    return isSingleVertex()
        ? "tau"
        : children.stream().map(RootedTree::toString).collect(Collectors.joining(", ", "[", "]"));
  }
}
