/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Adds up a training for its summary. */
final class TrainingRecord implements TrainingObserver {
  private final DataSetFacts dataSet;
  private final long parameters;
  private final Long nativeNeedMebibytes;
  private final Map<String, String> versions;
  private final Tally tally = new Tally();
  private final List<EpochReport> epochs = new ArrayList<>();

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

  @Override
  public void roundFinished(RoundReport round) {
    tally.add(round.tally());
  }

  @Override
  public void epochFinished(EpochReport epoch) {
    epochs.add(epoch);
  }

  /** The training so far. */
  TrainingSummary summary() {
    boolean anyRound = tally.rounds() > 0;
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
        anyRound ? tally.imagesPerSecond() : null,
        anyRound ? tally.overheadFraction() : null,
        anyRound ? tally.overhead() : null,
        anyRound ? tally.inputWaitSeconds() : null,
        tally.ode(),
        tally.executors(),
        List.copyOf(epochs),
        versions);
  }
}
