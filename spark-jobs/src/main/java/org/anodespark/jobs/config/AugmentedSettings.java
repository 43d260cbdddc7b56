/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.config;

/**
 * Section {@code model.augmented}.
 *
 * @param addedChannels channels that the state has beside those of the image, at least 1
 * @param width channels between the convolutions of the field, at least 1
 */
public record AugmentedSettings(int addedChannels, int width) {
  static AugmentedSettings from(SettingReader reader) {
    return new AugmentedSettings(
        reader.wholeNumber("model.augmented.added-channels", 1),
        reader.wholeNumber("model.augmented.width", 1));
  }
}
