/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.config;

import java.util.List;

/**
 * Section {@code sweep.pruning}.
 *
 * @param kind one of {@link #KINDS}
 * @param firstEpochs after which trials are looked at first, at least 1
 * @param factor of {@link #HALVING}: at each look one trial of so many goes on, to so many times
 *     the epochs; at least 2
 * @param everyEpochs of {@link #MEDIAN}: epochs from look to look, at least 1
 * @param leastTrials of {@link #MEDIAN}: how many trials must have come to a look before it ends
 *     one, at least 2
 */
public record PruningSettings(
    String kind, int firstEpochs, int factor, int everyEpochs, int leastTrials) {
  /** All trials are trained to their end. */
  public static final String NONE = "none";

  /** Asynchronous successive halving. */
  public static final String HALVING = "halving";

  /** Trials below the median of the others are ended. */
  public static final String MEDIAN = "median";

  /** All kinds. */
  public static final List<String> KINDS = List.of(NONE, HALVING, MEDIAN);

  static PruningSettings from(SettingReader reader) {
    return new PruningSettings(
        reader.choice("sweep.pruning.kind", KINDS),
        reader.wholeNumber("sweep.pruning.first-epochs", 1),
        reader.wholeNumber("sweep.pruning.factor", 2),
        reader.wholeNumber("sweep.pruning.every-epochs", 1),
        reader.wholeNumber("sweep.pruning.least-trials", 2));
  }
}
