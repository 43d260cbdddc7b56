/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.train;

import java.util.List;
import java.util.Map;

/** What the summary of a training says besides how far it came. */
final class TrainingRecord {
  private final DataSetFacts dataSet;
  private final long parameters;
  private final Long nativeNeedMebibytes;
  private final Map<String, String> versions;

  /**
   * @param nativeNeedMebibytes null if it is not known
   */
  TrainingRecord(
      DataSetFacts dataSet,
      long parameters,
      Long nativeNeedMebibytes,
      Map<String, String> versions) {
    this.dataSet = dataSet;
    this.parameters = parameters;
    this.nativeNeedMebibytes = nativeNeedMebibytes;
    this.versions = versions;
  }

  /** The training so far. */
  TrainingSummary summary(TrainingState state) {
    Tally tally = state.tally();
    boolean anyRound = tally.rounds() > 0;
    List<EpochReport> epochs = state.epochs();
    EpochReport last = epochs.isEmpty() ? null : epochs.get(epochs.size() - 1);
    return new TrainingSummary(
        dataSet,
        parameters,
        nativeNeedMebibytes,
        epochs.size(),
        tally.rounds(),
        tally.examples(),
        last == null ? null : last.trainLoss(),
        last == null ? null : last.testAccuracy(),
        state.best(),
        state.rollBacks(),
        anyRound ? tally.imagesPerSecond() : null,
        anyRound ? tally.overheadFraction() : null,
        anyRound ? tally.overhead() : null,
        anyRound ? tally.inputWaitSeconds() : null,
        tally.ode(),
        tally.executors(),
        epochs,
        versions);
  }
}
