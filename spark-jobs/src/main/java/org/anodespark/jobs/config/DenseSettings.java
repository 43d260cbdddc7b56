/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.config;

/**
 * Section {@code model.dense}.
 *
 * @param hidden units between the two layers of the field, at least 1
 * @param boundedField whether a tanh follows the second layer
 */
public record DenseSettings(int hidden, boolean boundedField) {
  static DenseSettings from(SettingReader reader) {
    return new DenseSettings(
        reader.wholeNumber("model.dense.hidden", 1), reader.flag("model.dense.bounded-field"));
  }
}
