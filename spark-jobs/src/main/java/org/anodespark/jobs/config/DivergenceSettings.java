/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.config;

/**
 * Section {@code divergence}.
 *
 * @param policy {@code stop} or {@code roll-back}
 * @param factor by which the learning rate is multiplied after a roll-back, in (0, 1)
 * @param rollBacks how many there may be in a run, at least 1
 */
public record DivergenceSettings(String policy, double factor, int rollBacks) {
  /** The training ends. */
  public static final String STOP = "stop";

  /** The training goes on from its latest checkpoint with a lower learning rate. */
  public static final String ROLL_BACK = "roll-back";

  static DivergenceSettings from(SettingReader reader) {
    return new DivergenceSettings(
        reader.choice("divergence.policy", STOP, ROLL_BACK),
        reader.number(
            "divergence.factor",
            factor -> factor > 0 && factor < 1,
            "a number between 0 and 1, both excluded"),
        reader.wholeNumber("divergence.roll-backs", 1));
  }
}
