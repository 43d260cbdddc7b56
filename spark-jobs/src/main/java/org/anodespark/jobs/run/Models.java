/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.run;

import java.util.Optional;
import org.anodespark.jobs.model.ModelDescription;
import org.anodespark.jobs.model.ModelFile;
import org.deeplearning4j.nn.graph.ComputationGraph;

/**
 * The trained networks of a run, each in a {@link ModelFile}: the configuration with its iteration
 * and epoch counts, the parameters, the updater's state, and what inputs and outputs mean.
 * Deeplearning4j's {@code ModelSerializer} restores them, too.
 */
public final class Models {
  private final RunDirectory directory;
  private final ModelDescription description;

  /**
   * Writes nothing yet.
   *
   * @param description of all networks of the run
   */
  public Models(RunDirectory directory, ModelDescription description) {
    this.directory = directory;
    this.description = description;
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
    directory.write(name, out -> ModelFile.write(network, Optional.of(description), true, out));
  }
}
