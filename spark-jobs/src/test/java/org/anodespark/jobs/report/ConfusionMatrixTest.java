/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

class ConfusionMatrixTest {
  @Test
  void theCommonestMistakesComeFirst() throws JsonProcessingException {
    String html =
        drawn(
            "{'classes': [{'name': 'cat'}, {'name': 'dog'}, {'name': 'ship'}], 'confusion': [[7, 2, 1], [5, 5, 0], [0, 0, 9]]}");

    assertThat(html)
        .containsSubsequence(
            "dog taken for cat: 5, 50.0 % of its class",
            "cat taken for dog: 2, 20.0 % of its class",
            "cat taken for ship: 1, 10.0 % of its class")
        .doesNotContain("ship taken for");
  }

  @Test
  void cellsTellTheShareOfTheirRow() throws JsonProcessingException {
    assertThat(drawn("{'classes': [{'name': 'a'}, {'name': 'b'}], 'confusion': [[3, 1], [0, 0]]}"))
        .contains(
            "<td class=\"right\" style=\"--share:0.750\">3</td>"
                + "<td class=\"wrong\" style=\"--share:0.250\">1</td>");
  }

  @Test
  void ofManyClassesOnlyMistakesAreShown() throws JsonProcessingException {
    StringBuilder names = new StringBuilder("{'name': '0'}");
    StringBuilder row = new StringBuilder("0");
    for (int i = 1; i < 100; i++) {
      names.append(",{'name': '").append(i).append("'}");
      row.append(",0");
    }
    String rows = ("[" + row + "],").repeat(99) + "[3" + row.substring(1) + "]";

    assertThat(drawn("{'classes': [" + names + "], 'confusion': [" + rows + "]}"))
        .doesNotContain("<table")
        .contains("99 taken for 0: 3, 100.0 %");
  }

  @Test
  void countsThatDoNotFitTheClassesAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> drawn("{'classes': [{'name': 'a'}, {'name': 'b'}], 'confusion': [[1, 2]]}"))
        .withMessage("confusion has 1 rows for 2 classes");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> drawn("{'classes': [{'name': 'a'}, {'name': 'b'}], 'confusion': [[1], [2]]}"))
        .withMessage("a row of confusion has 1 counts for 2 classes");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> drawn("{}"))
        .withMessage("confusion has 0 rows for 0 classes");
  }

  private static String drawn(String json) throws JsonProcessingException {
    Html page = new Html();
    ConfusionMatrix.of(new ObjectMapper().readTree(json.replace('\'', '"'))).draw(page);
    return page.toString();
  }
}
