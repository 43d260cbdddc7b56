/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.failure;

/** The exit codes of every job; scripts and schedulers may rely on them. */
public enum ExitCode {
  /** The job did what was asked. */
  DONE(0),
  /** The configuration, the command line or an input file is wrong; nothing was changed. */
  BAD_CONFIGURATION(2),
  /** The cluster or the file system is not able to run the job. */
  PREFLIGHT_FAILED(3),
  /** The loss or the parameters became infinite or not-a-number, or a solve ran away. */
  DIVERGED(4),
  /** Retries were used up; the last good state of a training is in a checkpoint. */
  GAVE_UP(5),
  /** Stopped by a signal; the last good state is in a checkpoint. */
  STOPPED(143);

  private final int code;

  ExitCode(int code) {
    this.code = code;
  }

  /** The process exit status, 0 to 255. */
  public int code() {
    return code;
  }
}
