/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.run;

import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.util.ModelSerializer;

/**
 * The trained networks of a run, as files that Deeplearning4j's {@link ModelSerializer} restores:
 * the configuration with its iteration and epoch counts, the parameters, and the updater's state.
 */
public final class Models {
  private final RunDirectory directory;

  public Models(RunDirectory directory) {
    this.directory = directory;
  }

  /**
   * Writes {@code model.zip}: the network at the end.
   *
   * @throws org.anodespark.jobs.failure.JobFailure with exit code 3 when it cannot be written
   */
  public void write(ComputationGraph network) {
    write(RunDirectory.MODEL, network);
  }

  /**
   * Writes {@code best-model.zip}: the network after its best epoch.
   *
   * @throws org.anodespark.jobs.failure.JobFailure with exit code 3 when it cannot be written
   */
  public void writeBest(ComputationGraph network) {
    write(RunDirectory.BEST_MODEL, network);
  }

  private void write(String name, ComputationGraph network) {
    directory.write(name, out -> ModelSerializer.writeModel(network, out, true));
  }
}
