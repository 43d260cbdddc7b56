/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.executor;

import org.nd4j.linalg.factory.Nd4j;

/**
 * The most native memory that ND4J's arrays may take in this process. Where an array would go above
 * it, ND4J collects garbage, and if that does not help it throws.
 *
 * <p>ND4J's library counts its arrays itself, wherever they are made. JavaCPP, whose limits are set
 * by properties of Java, does not know of them; and DL4J's workspaces are counted by neither.
 */
public final class ArrayLimit {
  /** Arrays may take what there is. */
  public static final long NONE = 0;

  /** ND4J's number for the memory of a processor. */
  private static final int HOST = 0;

  /** What ND4J says, in Java and inside of operations. */
  private static final String EXCEEDED = "exceeds HOST device limits";

  private ArrayLimit() {}

  /**
   * Sets the limit.
   *
   * @param bytes at least 1, or {@link #NONE}
   */
  public static void set(long bytes) {
    Nd4j.getEnvironment().setDeviceLimit(HOST, bytes);
  }

  /** Whether something failed since the limit was reached, here or on an executor. */
  public static boolean wasReachedIn(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      // Spark's own exception has the stack trace of the executor's in its message
      if (cause.getMessage() != null && cause.getMessage().contains(EXCEEDED)) {
        return true;
      }
    }
    return false;
  }
}
