/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.train;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.List;
import org.anodespark.jobs.plan.TrainingPosition;

/**
 * What the driver knows of a training besides its arrays. With them, it is all that a later driver
 * needs to go on to the same bits.
 *
 * @param format version of this record's JSON
 * @param position what of the current epoch is trained
 * @param iteration how many parameter updates the busiest workers of all rounds have made
 * @param learningRateScale by which roll-backs have multiplied the learning rate, in (0, 1]
 * @param rollBacks how many there were
 * @param best the best epoch so far, or null
 * @param epochTally sums over the current epoch
 * @param tally sums over the training
 * @param epochs the complete epochs in turn
 */
record TrainingState(
    int format,
    TrainingPosition position,
    int iteration,
    double learningRateScale,
    int rollBacks,
    BestEpoch best,
    Tally epochTally,
    Tally tally,
    List<EpochReport> epochs) {
  private static final int FORMAT = 1;
  private static final JsonMapper JSON = JsonMapper.builder().build();

  TrainingState {
    epochs = List.copyOf(epochs);
  }

  /** Nothing is trained. */
  static TrainingState start() {
    return new TrainingState(
        FORMAT, TrainingPosition.startOf(1), 0, 1, 0, null, new Tally(), new Tally(), List.of());
  }

  /** After one more round. */
  TrainingState after(RoundReport report) {
    return new TrainingState(
        format,
        position.after(report.round()),
        iteration + report.round().iterations(),
        learningRateScale,
        rollBacks,
        best,
        epochTally.plus(report.tally()),
        tally.plus(report.tally()),
        epochs);
  }

  /** After the evaluation that ends an epoch. */
  TrainingState after(EpochReport report, BestEpoch bestEpoch) {
    List<EpochReport> all = new ArrayList<>(epochs);
    all.add(report);
    return new TrainingState(
        format,
        TrainingPosition.startOf(report.epoch() + 1),
        iteration,
        learningRateScale,
        rollBacks,
        bestEpoch,
        new Tally(),
        tally,
        all);
  }

  /** How many epochs are complete. */
  int epochsDone() {
    return position.epoch() - 1;
  }

  /**
   * As it is, but with a lower learning rate.
   *
   * @param factor in (0, 1)
   * @param scale of the learning rate when the training diverged
   * @param rollBacksBefore how many there were when it did
   */
  TrainingState rolledBack(double factor, double scale, int rollBacksBefore) {
    return new TrainingState(
        format,
        position,
        iteration,
        scale * factor,
        rollBacksBefore + 1,
        best,
        epochTally,
        tally,
        epochs);
  }

  String toJson() {
    try {
      return JSON.writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a state is always JSON", e);
    }
  }

  /**
   * Reads what {@link #toJson} wrote.
   *
   * @throws IllegalArgumentException when it is something else, such as the state of another
   *     version
   */
  static TrainingState parse(String json) {
    try {
      TrainingState state = JSON.readValue(json, TrainingState.class);
      if (state.format != FORMAT) {
        throw new IllegalArgumentException(
            "its format is %d, expected %d".formatted(state.format, FORMAT));
      }
      return state;
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e.getOriginalMessage(), e);
    }
  }
}
