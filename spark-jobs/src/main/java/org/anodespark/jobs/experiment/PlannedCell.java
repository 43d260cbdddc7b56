/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.experiment;

import org.anodespark.jobs.config.ResolvedSettings;

/**
 * A cell and what it is to do.
 *
 * @param settings of a job {@code train} that does the same
 */
record PlannedCell(Cell cell, ResolvedSettings settings) {
  /** Where its files are: the run directory of that training. */
  String directory() {
    return settings.settings().run().dir();
  }
}
