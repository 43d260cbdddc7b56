/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.run;

import java.util.Locale;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.util.ModelSerializer;

/**
 * Networks of a run, as files that Deeplearning4j's {@link ModelSerializer} restores: the
 * configuration with its iteration and epoch counts, the parameters, and the updater's state.
 */
public final class Checkpoints {
  private final RunDirectory directory;

  public Checkpoints(RunDirectory directory) {
    this.directory = directory;
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
    directory.write(name, out -> ModelSerializer.writeModel(network, out, true));
    return directory.location() + "/" + name;
  }
}
