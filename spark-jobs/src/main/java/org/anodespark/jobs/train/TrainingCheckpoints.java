/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.train;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.DoubleFunction;
import org.anodespark.jobs.checkpoint.Checkpoint;
import org.anodespark.jobs.checkpoint.CheckpointStore;
import org.anodespark.jobs.failure.JobFailure;
import org.anodespark.jobs.model.ModelDescription;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Checkpoints of a training: the {@link TrainingState}, the network's parameters, the state of its
 * updater and that of the {@link OuterOptimizer}. The entries of the network have the names that
 * Deeplearning4j's {@code ModelSerializer} gives them.
 */
final class TrainingCheckpoints {
  private static final String STATE = "state.json";
  private static final String CONFIGURATION = "configuration.json";
  private static final String PARAMETERS = "coefficients.bin";
  private static final String UPDATER = "updaterState.bin";
  private static final String OUTER_VELOCITY = "outerVelocity.bin";

  private final CheckpointStore store;
  private final DoubleFunction<ComputationGraph> networks;
  private final OuterOptimizer outer;
  private final ModelDescription description;

  /**
   * A training at a point of its course.
   *
   * @param state what is trained
   * @param network as it is after that
   */
  record Restored(TrainingState state, ComputationGraph network) {}

  /**
   * @param networks makes the network of the run, initialised, with the learning rate of the
   *     settings times a number
   * @param outer whose momentum is written, and set when a checkpoint is restored
   * @param description of the networks, with which a checkpoint can be evaluated as a model
   */
  TrainingCheckpoints(
      CheckpointStore store,
      DoubleFunction<ComputationGraph> networks,
      OuterOptimizer outer,
      ModelDescription description) {
    this.store = store;
    this.description = description;
    this.networks = networks;
    this.outer = outer;
  }

  /** The training before its first round. */
  Restored start() {
    return new Restored(TrainingState.start(), networks.apply(1));
  }

  /**
   * A network as it is, but for the learning rate.
   *
   * @param state says which
   */
  Restored with(TrainingState state, ComputationGraph as) {
    ComputationGraph network = networks.apply(state.learningRateScale());
    network.setParams(as.params());
    INDArray updater = as.getUpdater().getStateViewArray();
    if (updater != null) {
      network.getUpdater().setStateViewArray(updater.dup());
    }
    setCounts(network, state);
    return new Restored(state, network);
  }

  private static void setCounts(ComputationGraph network, TrainingState state) {
    network.getConfiguration().setIterationCount(state.iteration());
    network.getConfiguration().setEpochCount(state.epochsDone());
  }

  /** The number of the checkpoint that is written next. */
  int nextNumber() {
    return store.nextNumber();
  }

  /**
   * Writes a checkpoint.
   *
   * @return its address
   * @throws JobFailure with exit code 3 when it cannot be written
   */
  String write(TrainingState state, ComputationGraph network) {
    Map<String, String> texts = new LinkedHashMap<>();
    texts.put(CONFIGURATION, network.getConfiguration().toJson());
    texts.put(ModelDescription.ENTRY, new String(description.toBytes(), StandardCharsets.UTF_8));
    texts.put(STATE, state.toJson());
    Map<String, INDArray> arrays = new LinkedHashMap<>();
    arrays.put(PARAMETERS, network.params());
    INDArray updater = network.getUpdater().getStateViewArray();
    if (updater != null) {
      arrays.put(UPDATER, updater);
    }
    outer.velocity().ifPresent(velocity -> arrays.put(OUTER_VELOCITY, velocity));
    Set<Integer> best = state.best() == null ? Set.of() : Set.of(state.best().checkpoint());
    return store.address(store.write(new Checkpoint(texts, arrays), best));
  }

  /**
   * The training at its latest checkpoint.
   *
   * @return nothing when there is none
   * @throws JobFailure with exit code 2 when it is of another network or version, 3 when no
   *     checkpoint can be read
   */
  Optional<Restored> latest() {
    return store.latest().map(this::restored);
  }

  /**
   * The training at an earlier checkpoint; the momentum of the outer optimiser stays.
   *
   * @throws JobFailure as {@link #latest}
   */
  ComputationGraph network(int number) {
    CheckpointStore.Numbered numbered = store.read(number);
    return network(numbered, state(numbered));
  }

  private Restored restored(CheckpointStore.Numbered numbered) {
    TrainingState state = state(numbered);
    ComputationGraph network = network(numbered, state);
    outer.restore(numbered.checkpoint().arrays().get(OUTER_VELOCITY));
    return new Restored(state, network);
  }

  private TrainingState state(CheckpointStore.Numbered numbered) {
    String json = numbered.checkpoint().texts().get(STATE);
    try {
      if (json == null) {
        throw new IllegalArgumentException("it holds no " + STATE);
      }
      return TrainingState.parse(json);
    } catch (IllegalArgumentException e) {
      throw JobFailure.badConfiguration(
          "The checkpoint %s is none of this version of anode-spark (%s): continue the run with the version that began it, or set run.dir to a new folder."
              .formatted(store.address(numbered.number()), e.getMessage()),
          e);
    }
  }

  private ComputationGraph network(CheckpointStore.Numbered numbered, TrainingState state) {
    Map<String, INDArray> arrays = numbered.checkpoint().arrays();
    ComputationGraph network = networks.apply(state.learningRateScale());
    INDArray parameters = arrays.get(PARAMETERS);
    if (parameters == null || parameters.length() != network.numParams()) {
      throw JobFailure.badConfiguration(
          "The checkpoint %s holds %d parameters, expected the %d of the network that the settings describe: set model.* to what the run was begun with, or run.dir to a new folder."
              .formatted(
                  store.address(numbered.number()),
                  parameters == null ? 0 : parameters.length(),
                  network.numParams()));
    }
    network.setParams(parameters);
    INDArray updater = arrays.get(UPDATER);
    INDArray fresh = network.getUpdater().getStateViewArray();
    if ((updater == null ? 0 : updater.length()) != (fresh == null ? 0 : fresh.length())) {
      throw JobFailure.badConfiguration(
          "The checkpoint %s holds the state of another optimizer: set optimizer.kind to what the run was begun with, or run.dir to a new folder."
              .formatted(store.address(numbered.number())));
    }
    if (updater != null) {
      network.getUpdater().setStateViewArray(updater);
    }
    setCounts(network, state);
    return network;
  }
}
