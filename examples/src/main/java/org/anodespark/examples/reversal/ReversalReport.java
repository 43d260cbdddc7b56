/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.examples.reversal;

import java.io.IOException;
import org.anodespark.examples.report.ReportFolder;

/** Runs all demonstrations of this package and writes pictures and tables. */
public final class ReversalReport {
  private ReversalReport() {}

  /**
   * Writes {@code scalar-rectifier.png}, {@code gaussian-rectifier.png}, {@code ring-image.png} and
   * {@code reversal.md}.
   */
  public static void write(ReportFolder folder) throws IOException {
    String introduction =
        """
        # Solving backwards in time

        Each field is solved from t = 0 to 1 and back again by the same method. rho is the relative
        error of the state that comes back.
        """;
    folder.text(
        "reversal.md",
        String.join(
            "\n",
            introduction,
            ScalarReport.write(folder),
            GaussianReport.write(folder),
            RingReport.write(folder)));
  }
}
