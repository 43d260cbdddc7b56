/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.failure;

/** What an exception says, on one line, to stand in brackets in a sentence for the user. */
public final class Reason {
  private Reason() {}

  /**
   * The first line of the exception's message: that of a remote server goes on with a stack. If it
   * has none, as those of unreachable hosts often, that of its cause.
   */
  public static String of(Throwable exception) {
    Throwable telling = exception;
    while (isSilent(telling) && telling.getCause() != null) {
      telling = telling.getCause();
    }
    return isSilent(telling)
        ? telling.getClass().getSimpleName()
        : telling.getMessage().strip().lines().findFirst().orElseThrow();
  }

  /** That of the cause of all causes: what a library was thrown before it wrapped it. */
  public static String ofRoot(Throwable exception) {
    Throwable root = exception;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return of(root);
  }

  private static boolean isSilent(Throwable exception) {
    return exception.getMessage() == null || exception.getMessage().isBlank();
  }
}
