/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.benchmarks.problem;

import java.util.List;

/**
 * A training as the job {@code train} takes it.
 *
 * @param overrides settings, KEY=VALUE each
 */
public record JobProblem(List<String> overrides) {
  public JobProblem {
    overrides = List.copyOf(overrides);
  }
}
