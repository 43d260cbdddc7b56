/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.train;

import java.util.Locale;

/** Times as people read them. */
public final class ElapsedTime {
  private ElapsedTime() {}

  /** Hours, minutes and seconds: {@code 1:02:03}. */
  public static String of(double seconds) {
    long whole = Math.round(seconds);
    return String.format(Locale.ROOT, "%d:%02d:%02d", whole / 3600, whole / 60 % 60, whole % 60);
  }
}
