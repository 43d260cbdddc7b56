/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.failure;

/**
 * A failure that the user can act on. Its message is one sentence that names the value, what was
 * expected and what to do; the command line prints it without a stack trace and exits with {@link
 * #exitCode()}.
 */
public final class JobFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ExitCode exitCode;

  public JobFailure(ExitCode exitCode, String message) {
    super(message);
    this.exitCode = exitCode;
  }

  public JobFailure(ExitCode exitCode, String message, Throwable cause) {
    super(message, cause);
    this.exitCode = exitCode;
  }

  /** A wrong configuration value, argument or input file: exit code 2. */
  public static JobFailure badConfiguration(String message) {
    return new JobFailure(ExitCode.BAD_CONFIGURATION, message);
  }

  /** As {@link #badConfiguration(String)}, with the exception that revealed it. */
  public static JobFailure badConfiguration(String message, Throwable cause) {
    return new JobFailure(ExitCode.BAD_CONFIGURATION, message, cause);
  }

  public ExitCode exitCode() {
    return exitCode;
  }
}
