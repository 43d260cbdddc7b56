/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.anodespark.jobs.data.RawImage;
import org.junit.jupiter.api.Test;

class EvaluationReportTest {
  private static EvaluationReport report(int classes) {
    double[][] labels = new double[classes][classes];
    double[][] output = new double[classes][classes];
    for (int i = 0; i < classes; i++) {
      labels[i][i] = 1;
      // the first half is recognised, the rest taken for the first class
      output[i][i < classes / 2 ? i : 0] = 1;
    }
    return EvaluationReport.of(
        Classification.of(List.of(Outcomes.of(labels, output))),
        IntStream.range(0, classes).mapToObj(i -> "class " + i).toList(),
        1,
        IntStream.range(0, classes)
            .boxed()
            .collect(
                Collectors.toMap(
                    i -> i, i -> new RawImage("test.bin", 1000 + i, 1, 1, new byte[1]))));
  }

  @Test
  void aSmallTableHasALineForEachClass() {
    assertThat(report(4).lines())
        .containsExactly(
            "accuracy 0.5000   top-1 0.5000   negative log-likelihood 11.5129   calibration error"
                + " 0.5000",
            "class    examples  precision  recall      F1",
            "class 0         1     0.3333  1.0000  0.5000",
            "class 1         1     1.0000  1.0000  1.0000",
            "class 2         1          -  0.0000  0.0000",
            "class 3         1          -  0.0000  0.0000");
  }

  @Test
  void ofManyClassesTheWorstAreShown() {
    assertThat(report(50).lines())
        .hasSize(3 + 20)
        .contains("The 20 of 50 classes with the lowest F1:")
        .anyMatch(line -> line.startsWith("class 25 "))
        .noneMatch(line -> line.startsWith("class 1 "));
  }

  @Test
  void mistakesNameTheirClassesAndRecords() {
    assertThat(report(4).mistakes())
        .containsExactly(
            new EvaluationReport.MistakeReport(
                "class 2",
                "class 0",
                1,
                List.of(new EvaluationReport.SampleReport(2, "test.bin", 1002, 1))),
            new EvaluationReport.MistakeReport(
                "class 3",
                "class 0",
                1,
                List.of(new EvaluationReport.SampleReport(3, "test.bin", 1003, 1))));
  }

  @Test
  void theConfusionIsATableWithNames() {
    assertThat(report(2).confusionCsv())
        .isEqualTo("actual \\ predicted,class 0,class 1\nclass 0,1,0\nclass 1,1,0\n");
  }
}
