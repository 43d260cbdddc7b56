/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.failure;

import java.util.Objects;

/**
 * A solve that failed, or could not be set up. Thrown where the trouble is seen; those who know
 * more add the step and the block on the way up, and the message says it all in one sentence.
 */
public final class OdeSolveException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final FailureReason reason;
  private final String detail;
  private final String step;
  private final String block;

  /**
   * @param reason what a program can decide by
   * @param detail one or more sentences for a reader: the value, what was expected, what to do
   */
  public OdeSolveException(FailureReason reason, String detail) {
    this(reason, detail, "", "", null);
  }

  private OdeSolveException(
      FailureReason reason, String detail, String step, String block, Throwable cause) {
    super(prefix(block, step) + detail, cause);
    this.reason = Objects.requireNonNull(reason);
    this.detail = detail;
    this.step = step;
    this.block = block;
  }

  /** Why. */
  public FailureReason reason() {
    return reason;
  }

  /**
   * The same failure with the step in which it happened; one that has a step already keeps it.
   *
   * @param index number of accepted steps before it
   * @param time t at its start
   * @param length h, negative backwards in time
   */
  public OdeSolveException inStep(long index, double time, double length) {
    if (!step.isEmpty()) {
      return this;
    }
    String where = "step " + index + " at t = " + time + " with h = " + length;
    return new OdeSolveException(reason, detail, where, block, cause());
  }

  /**
   * The same failure with the name of the block in whose solve it happened.
   *
   * @param name name of the layer in its network; may be null
   */
  public OdeSolveException inBlock(String name) {
    return block.isEmpty()
        ? new OdeSolveException(reason, detail, step, "ODE block \"" + name + "\"", cause())
        : this;
  }

  /** The exception that saw the trouble first, so that its stack trace is not lost. */
  private Throwable cause() {
    return getCause() == null ? this : getCause();
  }

  private static String prefix(String block, String step) {
    if (block.isEmpty() && step.isEmpty()) {
      return "";
    }
    String separator = block.isEmpty() || step.isEmpty() ? "" : ", ";
    return block + separator + step + ": ";
  }
}
