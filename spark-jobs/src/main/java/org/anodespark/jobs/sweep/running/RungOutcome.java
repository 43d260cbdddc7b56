/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.sweep.running;

import java.util.Map;
import org.anodespark.jobs.sweep.ledger.RungRun;

/** What came of a training on its way to a rung. */
public sealed interface RungOutcome {
  /** The training. */
  RungRun run();

  /**
   * It has reached the rung.
   *
   * @param measures what was measured there, by name
   */
  record Finished(RungRun run, Map<String, Double> measures) implements RungOutcome {}

  /**
   * It failed by itself, and would again.
   *
   * @param reason one sentence
   */
  record Failed(RungRun run, String reason) implements RungOutcome {}

  /**
   * It was lost with what it ran on.
   *
   * @param reason one sentence
   */
  record Lost(RungRun run, String reason) implements RungOutcome {}
}
