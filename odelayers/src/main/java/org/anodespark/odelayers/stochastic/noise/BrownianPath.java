/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.stochastic.noise;

import java.util.LinkedHashMap;
import java.util.Map;
import org.anodespark.odelayers.failure.FailureReason;
import org.anodespark.odelayers.failure.OdeSolveException;
import org.anodespark.odelayers.solver.TimeGrid;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * One Brownian path for each entry of a state, all independent: a function of seed, cells and time
 * alone. Whoever asks for the same interval gets the same numbers to the bit, in whatever order, in
 * a replay, and on another machine; and the numbers of two intervals that lie side by side add up
 * to those of both together, to rounding. So a step that was rejected and a shorter one in its
 * place see the same path, whose law no rejection can change.
 *
 * <p>Over an interval of length h a path gives two numbers for each entry, which are independent
 * and normal with variance h: the increment {@code dW}, and {@code dZ}, by which {@code (h / 2) (dW
 * + dZ / sqrt(3))} is the integral of W less its value at the start. Methods of strong order 1.5
 * need both. {@code dZ} is thus a property of W, and no second path.
 *
 * <p>Nothing is stored: a cell's numbers come from its key, those of its halves from a Brownian
 * bridge that is keyed by their place, and so on down to leaves of a 2^20th of the cell, where the
 * last bridge is keyed by the time itself. Times at ends of cells cost nothing, so a fixed grid
 * takes its steps for cells. Two times strictly inside one leaf are refused: no bridge between the
 * two is kept. (A virtual Brownian tree as in Li et al., "Scalable gradients for stochastic
 * differential equations", AISTATS 2020, for increment and integral at once and without its error
 * at the leaves.)
 *
 * <p>Numbers are computed in double precision and rounded to the type of the arrays. Not
 * thread-safe.
 */
public final class BrownianPath {
  /** Halvings of a cell down to its leaves. */
  private static final int DEPTH = 20;

  /** Prefixes that are remembered: the two ends of a step, and those of a trial before. */
  private static final int REMEMBERED = 4;

  private final long seed;
  private final TimeGrid cells;
  private final int entries;
  private final Map<Double, Prefix> prefixes = new LinkedHashMap<>();

  /**
   * @param seed equal seeds give equal paths
   * @param cells rising; the path is defined from their first time to their last one
   * @param entries number of paths, at least 1
   * @throws IllegalArgumentException if the cells fall or there are no entries
   */
  public BrownianPath(long seed, TimeGrid cells, long entries) {
    if (cells.end() < cells.start()) {
      throw new IllegalArgumentException(
          "A Brownian path runs forwards in time, and these cells lead from t = "
              + cells.start()
              + " back to t = "
              + cells.end()
              + "; give rising times.");
    }
    if (entries < 1) {
      throw new IllegalArgumentException("entries = " + entries + ", expected at least 1.");
    }
    this.seed = seed;
    this.cells = cells;
    this.entries = Math.toIntExact(entries);
  }

  /** Number of paths. */
  public long entries() {
    return entries;
  }

  /** Time from which the path is defined. */
  public double start() {
    return cells.start();
  }

  /** Time up to which the path is defined. */
  public double end() {
    return cells.end();
  }

  /**
   * The numbers of an interval.
   *
   * @param from its start, within the cells
   * @param to its end, after {@code from}
   * @param increments receives dW, an array of its own buffer with as many entries as there are
   *     paths, float or double
   * @param independent receives dZ, likewise; null if it is not wanted
   * @throws OdeSolveException with reason {@code STEP_UNDERFLOW} if the interval is too short for
   *     the path to resolve
   * @throws IllegalArgumentException if the interval is empty or leaves the cells
   */
  public void over(double from, double to, INDArray increments, INDArray independent) {
    requireWithin(from, to);
    PathPiece piece = piece(from, to);
    increments.data().setData(piece.increment());
    if (independent != null) {
      independent.data().setData(piece.independentPart(to - from));
    }
  }

  private void requireWithin(double from, double to) {
    if (!(cells.start() <= from && from < to && to <= cells.end())) {
      throw new IllegalArgumentException(
          "The interval from t = "
              + from
              + " to t = "
              + to
              + " is no part of the path, which runs from t = "
              + cells.start()
              + " to t = "
              + cells.end()
              + ".");
    }
  }

  private PathPiece piece(double from, double to) {
    int first = cellAt(from);
    int last = cellAt(to);
    if (first == last) {
      return within(first, from, to);
    }
    PathPiece sum = cell(first);
    if (from > cells.step(first).start()) {
      sum.removeFirst(prefix(first, from).piece());
    }
    for (int index = first + 1; index < last; index++) {
      sum.append(cell(index));
    }
    if (last < cells.steps() && to > cells.step(last).start()) {
      sum.append(prefix(last, to).piece());
    }
    return sum;
  }

  private PathPiece within(int cell, double from, double to) {
    if (from == cells.step(cell).start()) {
      return prefix(cell, to).piece();
    }
    Prefix before = prefix(cell, from);
    Prefix whole = prefix(cell, to);
    if (before.isInside(whole.leaf())) {
      throw new OdeSolveException(
          FailureReason.STEP_UNDERFLOW,
          "the interval from t = "
              + from
              + " to t = "
              + to
              + " is shorter than the Brownian path resolves, which is "
              + (cells.step(cell).length() / (1 << DEPTH))
              + " here; raise the tolerances, or look for a singularity or NaN of f or g.");
    }
    PathPiece piece = whole.piece().copy();
    piece.removeFirst(before.piece());
    return piece;
  }

  /** The cell that a time begins or lies in; their number for the time at the end. */
  private int cellAt(double time) {
    int low = 0;
    int high = cells.steps();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (time < cells.step(middle).end()) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  private long keyOfCell(int cell) {
    return StandardNormal.key(seed, cell);
  }

  private PathPiece cell(int cell) {
    return PathPiece.fresh(entries, cells.step(cell).length(), keyOfCell(cell));
  }

  /** The path from the start of a cell to a time inside of it. */
  private Prefix prefix(int cell, double time) {
    Prefix known = prefixes.get(time);
    if (known == null) {
      known = descend(cell, time);
      if (prefixes.size() == REMEMBERED) {
        prefixes.remove(prefixes.keySet().iterator().next());
      }
      prefixes.put(time, known);
    }
    return known;
  }

  private Prefix descend(int cell, double time) {
    long key = keyOfCell(cell);
    double start = cells.step(cell).start();
    double end = cells.step(cell).end();
    PathPiece prefix = PathPiece.empty(entries);
    PathPiece node = cell(cell);
    long place = 1;
    for (int level = 0; level < DEPTH; level++) {
      double middle = start + (end - start) / 2;
      PathPiece left = node.firstPart(middle - start, StandardNormal.key(key, place));
      place *= 2;
      if (time < middle) {
        node = left;
        end = middle;
      } else {
        prefix.append(left);
        if (time == middle) {
          return new Prefix(prefix, Double.NaN);
        }
        node.removeFirst(left);
        start = middle;
        place++;
      }
    }
    long keyOfTime = StandardNormal.key(key + place, Double.doubleToLongBits(time));
    prefix.append(node.firstPart(time - start, keyOfTime));
    return new Prefix(prefix, start);
  }

  @Override
  public String toString() {
    return "BrownianPath(seed=" + seed + ", entries=" + entries + ", cells=" + cells + ")";
  }

  /**
   * The path from the start of a cell to a time.
   *
   * @param leaf start of the leaf that the time lies strictly inside of; NaN for a time between
   *     leaves
   */
  private record Prefix(PathPiece piece, double leaf) {
    /** Whether the time lies strictly inside the leaf. */
    boolean isInside(double otherLeaf) {
      return leaf == otherLeaf;
    }
  }
}
