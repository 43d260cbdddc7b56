/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.run;

import java.util.Locale;
import java.util.Optional;
import org.anodespark.jobs.model.ModelDescription;
import org.anodespark.jobs.model.ModelFile;
import org.deeplearning4j.nn.graph.ComputationGraph;

/**
 * Networks of a run, each in a {@link ModelFile}: the configuration with its iteration and epoch
 * counts, the parameters, the updater's state, and what inputs and outputs mean. Deeplearning4j's
 * {@code ModelSerializer} restores them, too.
 */
public final class Checkpoints {
  private final RunDirectory directory;
  private final ModelDescription description;

  /**
   * Writes nothing yet.
   *
   * @param description of all networks of the run
   */
  public Checkpoints(RunDirectory directory, ModelDescription description) {
    this.directory = directory;
    this.description = description;
  }

  /**
   * Writes {@code checkpoints/epoch-0003.zip}: the state after epoch 3.
   *
   * @return the file's address
   * @throws org.anodespark.jobs.failure.JobFailure with exit code 3 when it cannot be written
   */
  public String writeEpoch(int epoch, ComputationGraph network) {
    return write(
        String.format(Locale.ROOT, "%s/epoch-%04d.zip", RunDirectory.CHECKPOINTS, epoch), network);
  }

  /**
   * Writes {@code checkpoints/epoch-0003-round-0017.zip}: the state within epoch 3, after round 17.
   *
   * @return the file's address
   * @throws org.anodespark.jobs.failure.JobFailure with exit code 3 when it cannot be written
   */
  public String writeRound(int epoch, int round, ComputationGraph network) {
    return write(
        String.format(
            Locale.ROOT, "%s/epoch-%04d-round-%04d.zip", RunDirectory.CHECKPOINTS, epoch, round),
        network);
  }

  /**
   * Writes {@code model.zip}: the trained network.
   *
   * @throws org.anodespark.jobs.failure.JobFailure with exit code 3 when it cannot be written
   */
  public void writeModel(ComputationGraph network) {
    write(RunDirectory.MODEL, network);
  }

  private String write(String name, ComputationGraph network) {
    directory.write(name, out -> ModelFile.write(network, Optional.of(description), true, out));
    return directory.location() + "/" + name;
  }
}
