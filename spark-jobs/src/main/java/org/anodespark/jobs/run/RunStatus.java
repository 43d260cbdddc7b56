/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.run;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.anodespark.jobs.failure.ExitCode;

/** How a run ended. */
public enum RunStatus {
  /** All that was asked is done. */
  @JsonProperty("done")
  DONE,
  /** All that was asked for this time is done; the state is in a checkpoint. */
  @JsonProperty("paused")
  PAUSED,
  /** The loss or the parameters became infinite or not-a-number, or a solve ran away. */
  @JsonProperty("diverged")
  DIVERGED,
  /** A signal ended it; the last good state is in a checkpoint. */
  @JsonProperty("stopped")
  STOPPED,
  /** Anything else went wrong; the summary's reason tells what. */
  @JsonProperty("failed")
  FAILED;

  static RunStatus of(ExitCode exitCode) {
    return switch (exitCode) {
      case DIVERGED -> DIVERGED;
      case STOPPED -> STOPPED;
      default -> FAILED;
    };
  }
}
