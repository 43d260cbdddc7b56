/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.adjoint;

/**
 * What is kept for a gradient at some moment.
 *
 * @param states arrays of the shape of y: states, and arguments of kept evaluations
 * @param results arrays of the shape of y that count only if the field's products read the result
 *     of their evaluation
 * @param evaluations kept evaluations of f, each with its activations
 */
public record Kept(long states, long results, long evaluations) {
  /**
   * In bytes.
   *
   * @param stateBytes size of y
   * @param readsResult whether the field's products read the result of their evaluation
   * @param evaluationBytes what one evaluation keeps besides its argument and its result
   */
  public long bytes(long stateBytes, boolean readsResult, long evaluationBytes) {
    return (states + (readsResult ? results : 0)) * stateBytes + evaluations * evaluationBytes;
  }

  /** Both together. */
  public Kept plus(Kept other) {
    return new Kept(
        states + other.states, results + other.results, evaluations + other.evaluations);
  }
}
