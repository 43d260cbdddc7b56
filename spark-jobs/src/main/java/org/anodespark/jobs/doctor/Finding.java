/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.doctor;

import java.util.Locale;

/**
 * What one check came to.
 *
 * @param subject what was looked at, in one or two words
 * @param sound whether a training can do with it
 * @param text what was found, and if it is not sound, what to do
 */
record Finding(String subject, boolean sound, String text) {
  static Finding sound(String subject, String text) {
    return new Finding(subject, true, text);
  }

  static Finding unsound(String subject, String text) {
    return new Finding(subject, false, text);
  }

  /** One line. */
  String line() {
    return String.format(Locale.ROOT, "%-4s  %-12s %s", sound ? "ok" : "FAIL", subject, text);
  }
}
