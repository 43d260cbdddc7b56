/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.data.download;

import java.time.Duration;

/**
 * How patient a download is.
 *
 * @param tries connections that are tried, at least 1
 * @param firstPause before the second try; each further pause is twice as long
 * @param longestPause no pause is longer
 * @param stall a connection that delivers no byte for this long is given up
 */
public record RetryPolicy(int tries, Duration firstPause, Duration longestPause, Duration stall) {
  /** About two minutes in all, where a server cannot be reached. */
  public static final RetryPolicy STANDARD =
      new RetryPolicy(8, Duration.ofSeconds(1), Duration.ofSeconds(30), Duration.ofSeconds(60));

  /** The pause after so many tries that failed, at least 1. */
  Duration pauseAfter(int failed) {
    Duration pause = firstPause;
    for (int i = 1; i < failed && pause.compareTo(longestPause) < 0; i++) {
      pause = pause.multipliedBy(2);
    }
    return pause.compareTo(longestPause) < 0 ? pause : longestPause;
  }
}
