/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.anodespark.jobs.config.ExperimentSettings;
import org.anodespark.jobs.config.PublishedFigure;
import org.anodespark.jobs.config.Variant;
import org.junit.jupiter.api.Test;

class ExperimentTableTest {
  private static final Cell PLAIN_1 = new Cell("", "plain", 1);
  private static final Cell PLAIN_2 = new Cell("", "plain", 2);
  private static final Cell FAST_1 = new Cell("", "fast", 1);
  private static final Cell FAST_2 = new Cell("", "fast", 2);
  private static final List<Cell> CELLS = List.of(PLAIN_1, FAST_1, PLAIN_2, FAST_2);

  private static final ExperimentSettings SETTINGS =
      new ExperimentSettings(
          "images",
          250,
          "sosri",
          List.of(new Variant("plain", "{}"), new Variant("fast", "{}")),
          List.of(),
          List.of(1, 2),
          "plain",
          List.of(new PublishedFigure("", "fast", "evaluations", 33)),
          7);

  private static final Map<Cell, CellResult> RESULTS = new LinkedHashMap<>();

  static {
    // in the order in which they ended
    RESULTS.put(FAST_1, CellResult.of(FAST_1, Map.of("evaluations", 30.0)));
    RESULTS.put(PLAIN_2, CellResult.of(PLAIN_2, Map.of("evaluations", 46.0)));
    RESULTS.put(PLAIN_1, CellResult.of(PLAIN_1, Map.of("evaluations", 54.0)));
    RESULTS.put(FAST_2, CellResult.failed(FAST_2, "it diverged"));
  }

  @Test
  void hasMeanAndDeviationOverSeedsAndTheRatioToTheBaseline() {
    ExperimentTable table = ExperimentTable.of(SETTINGS, CELLS, RESULTS);

    assertThat(table.rows()).extracting(ExperimentTable.Row::name).containsExactly("plain", "fast");
    ExperimentTable.Row plain = table.rows().get(0);
    assertThat(plain.seeds()).isEqualTo(2);
    assertThat(plain.failed()).isZero();
    ExperimentTable.Figure ofPlain = plain.figures().get("evaluations");
    assertThat(ofPlain.values()).containsExactly(54.0, 46.0);
    assertThat(ofPlain.mean()).isEqualTo(50);
    assertThat(ofPlain.deviation()).isEqualTo(Math.sqrt(32), within(1e-12));
    assertThat(ofPlain.least()).isEqualTo(46);
    assertThat(ofPlain.most()).isEqualTo(54);
    assertThat(ofPlain.ratio()).isEqualTo(1);
    assertThat(ofPlain.published()).isNaN();
  }

  @Test
  void countsWhatFailedAndLeavesItOut() {
    ExperimentTable.Row fast = ExperimentTable.of(SETTINGS, CELLS, RESULTS).rows().get(1);

    assertThat(fast.seeds()).isEqualTo(1);
    assertThat(fast.failed()).isEqualTo(1);
    ExperimentTable.Figure figure = fast.figures().get("evaluations");
    assertThat(figure.mean()).isEqualTo(30);
    assertThat(figure.deviation()).isNaN();
    assertThat(figure.ratio()).isEqualTo(0.6);
    assertThat(figure.published()).isEqualTo(33);
  }

  @Test
  void isWrittenForPeople() {
    assertThat(ExperimentFiles.lines(ExperimentTable.of(SETTINGS, CELLS, RESULTS)))
        .containsExactly(
            "method  seeds         evaluations",
            "plain   2             50.00 +- 5.7 [46.00, 54.00]",
            "fast    1 (1 failed)  30.00 (0.60x; published 33.00)");
  }

  @Test
  void isWrittenForOtherPrograms() {
    ExperimentTable table = ExperimentTable.of(SETTINGS, CELLS, RESULTS);

    assertThat(ExperimentFiles.table(table))
        .isEqualTo(
            """
            network,method,measure,seeds,mean,deviation,minimum,maximum,ratio_to_baseline,published
            ,plain,evaluations,2,50.0,5.656854249492381,46.0,54.0,1.0,
            ,fast,evaluations,1,30.0,,30.0,30.0,0.6,33.0
            """);
    assertThat(ExperimentFiles.cells(table.measures(), CELLS, RESULTS))
        .isEqualTo(
            """
            network,method,seed,failure,evaluations
            ,plain,1,,54.0
            ,fast,1,,30.0
            ,plain,2,,46.0
            ,fast,2,it diverged,
            """);
  }
}
