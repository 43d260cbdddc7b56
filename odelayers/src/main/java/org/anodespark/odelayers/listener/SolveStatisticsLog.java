/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.listener;

import java.util.Locale;
import java.util.Map;
import org.anodespark.odelayers.solver.SolveStatistics;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs one line per ODE block, at level INFO. */
public final class SolveStatisticsLog implements SolveStatisticsConsumer {
  private static final double BYTES_PER_MEBIBYTE = 1 << 20;

  private final Logger log;

  /** Logs under the name of {@link SolveStatisticsListener}. */
  public SolveStatisticsLog() {
    this(LoggerFactory.getLogger(SolveStatisticsListener.class));
  }

  /**
   * @param log where to
   */
  public SolveStatisticsLog(Logger log) {
    this.log = log;
  }

  @Override
  public void accept(int iteration, int epoch, Map<String, SolveStatistics> statistics) {
    if (log.isInfoEnabled()) {
      statistics.forEach(
          (block, counted) ->
              log.info(
                  "Iteration {}, epoch {}, {}: {}", iteration, epoch, block, describe(counted)));
    }
  }

  private static String describe(SolveStatistics counted) {
    String line =
        String.format(
            Locale.ROOT,
            "%d evaluations forward, %d recomputed, %d pullbacks; %d steps accepted, %d rejected,"
                + " h from %.3g to %.3g; at most %.2f MiB kept",
            counted.forwardEvaluations(),
            counted.recomputedEvaluations(),
            counted.pullbacks(),
            counted.acceptedSteps(),
            counted.rejectedSteps(),
            counted.shortestStep(),
            counted.longestStep(),
            counted.peakSavedBytes() / BYTES_PER_MEBIBYTE);
    StringBuilder text = new StringBuilder(line);
    if (counted.jetCoefficients() > 0) {
      text.append(
          String.format(
              Locale.ROOT,
              "; %d Taylor coefficients, %d pulled back",
              counted.jetCoefficients(),
              counted.jetPullbacks()));
    }
    if (!Double.isNaN(counted.reconstructionError())) {
      text.append(
          String.format(
              Locale.ROOT, "; initial state rebuilt to %.2g", counted.reconstructionError()));
    }
    counted
        .regularizers()
        .forEach(
            (name, value) -> text.append(String.format(Locale.ROOT, "; %s %.4g", name, value)));
    return text.toString();
  }
}
