/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.train;

import java.util.List;
import java.util.Map;
import org.anodespark.odelayers.solver.SolveStatistics;

/**
 * What a training adds to {@code summary.json}; keys are the components' names with underscores.
 * What is not known yet when a training fails early is null and left out.
 *
 * @param dataSet which data it used
 * @param parameters trainable numbers of the network
 * @param nativeNeedMebibytes native memory that a process that trains needs, see {@link
 *     TrainingMemory}
 * @param epochs how many are complete
 * @param rounds how many are complete
 * @param examplesSeen examples trained, counted by the executors; each once per epoch
 * @param trainLoss of the last complete epoch, see {@link Tally#trainLoss()}
 * @param testAccuracy after the last complete epoch, in [0, 1]
 * @param bestEpoch after which the accuracy was highest
 * @param rollBacks how often the training diverged and went on with a lower learning rate
 * @param imagesPerSecond see {@link Tally#imagesPerSecond()}
 * @param overheadFraction see {@link Tally#overheadFraction()}
 * @param overhead see {@link Tally#overhead()}
 * @param inputWaitSeconds see {@link Tally#inputWaitSeconds()}
 * @param ode what the ODE blocks counted in the whole training, by name of the block
 * @param executors who trained how much
 * @param perEpoch the complete epochs in turn
 * @param versions names and versions of what was used
 */
public record TrainingSummary(
    DataSetFacts dataSet,
    long parameters,
    Long nativeNeedMebibytes,
    int epochs,
    int rounds,
    long examplesSeen,
    Double trainLoss,
    Double testAccuracy,
    BestEpoch bestEpoch,
    int rollBacks,
    Double imagesPerSecond,
    Double overheadFraction,
    Overhead overhead,
    Double inputWaitSeconds,
    Map<String, SolveStatistics> ode,
    List<ExecutorUsage> executors,
    List<EpochReport> perEpoch,
    Map<String, String> versions) {}
