/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.cli;

import java.io.PrintStream;
import org.anodespark.jobs.failure.JobFailure;

/** The one line that a failure leaves on the console. */
final class FailureLine {
  private FailureLine() {}

  /** Prints the sentence and returns the exit status. */
  static int print(JobFailure failure, PrintStream err) {
    print(failure.getMessage(), err);
    return failure.exitCode().code();
  }

  /** Prints a sentence under the project's name. */
  static void print(String sentence, PrintStream err) {
    err.println("anode-spark: " + sentence);
  }
}
