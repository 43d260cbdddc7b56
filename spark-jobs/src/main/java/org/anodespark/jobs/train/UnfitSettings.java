/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.train;

import org.anodespark.jobs.failure.JobFailure;

/**
 * Why a training was refused before it began: its settings do not fit each other, the data or the
 * memory. It is the cause of the {@link JobFailure} that the user is shown, which tells such a
 * refusal from that of a file or a folder.
 */
public final class UnfitSettings extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private UnfitSettings(JobFailure refusal) {
    super(refusal.getMessage(), refusal);
  }

  /** The failure to throw in the place of a refusal. */
  static JobFailure marking(JobFailure refusal) {
    return new JobFailure(refusal.exitCode(), refusal.getMessage(), new UnfitSettings(refusal));
  }

  /** Whether a failure is such a refusal. */
  public static boolean isCauseOf(JobFailure failure) {
    return failure.getCause() instanceof UnfitSettings;
  }
}
