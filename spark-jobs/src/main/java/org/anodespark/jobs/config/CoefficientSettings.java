/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.config;

/**
 * How strong a regulariser is.
 *
 * @param value at the first iteration, at least 0; 0 is no regulariser
 * @param finalFactor above 0: by which it is multiplied at the end, on the way there by equal
 *     factors in equal times
 */
public record CoefficientSettings(double value, double finalFactor) {
  /**
   * Reads the keys {@code coefficient} and {@code final-factor} of a section.
   *
   * @param section the full path of the section
   */
  static CoefficientSettings from(SettingReader reader, String section) {
    return new CoefficientSettings(
        reader.number(section + ".coefficient", value -> value >= 0, "a number of at least 0"),
        reader.number(section + ".final-factor", factor -> factor > 0, "a number above 0"));
  }
}
