/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

class ConfusionMatrixTest {
  private static final String MISTAKEN =
      "{'classes': [{'name': 'a'}, {'name': 'b'}], 'confusion': [[3, 1], [2, 0]],"
          + " 'mistakes': [{'actual': 'b', 'predicted': 'a', 'count': 2, 'examples': ["
          + "{'example': 4, 'shard': 'test-00000.bin', 'record': 4, 'probability': 0.5},"
          + "{'example': 17, 'shard': 'test-00001.bin', 'record': 7, 'probability': 0.9375}]}]}";

  @Test
  void theCommonestMistakesComeFirst() throws JsonProcessingException {
    String html =
        drawn(
            "{'classes': [{'name': 'cat'}, {'name': 'dog'}, {'name': 'ship'}], 'confusion': [[7, 2, 1], [5, 5, 0], [0, 0, 9]]}");

    assertThat(html)
        .containsSubsequence(
            "<b>dog → cat (5)</b>, 50.0 % of its class",
            "<b>cat → dog (2)</b>, 20.0 % of its class",
            "<b>cat → ship (1)</b>, 10.0 % of its class")
        .doesNotContain("ship →");
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
        .contains("<b>99 → 0 (3)</b>, 100.0 %");
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

  @Test
  void imagesStandBelowTheirMistakeWithTheirProbability() throws JsonProcessingException {
    assertThat(drawn(MISTAKEN, "{'images': {'17': 'UE5H', '4': 'Zm91cg=='}}"))
        .containsSubsequence(
            "<b>b → a (2)</b>",
            "<img src=\"data:image/png;base64,Zm91cg==\" alt=\"b taken for a\""
                + " title=\"test-00000.bin#4\"><figcaption>0.500</figcaption>",
            "<img src=\"data:image/png;base64,UE5H\" alt=\"b taken for a\""
                + " title=\"test-00001.bin#7\"><figcaption>0.938</figcaption>",
            "<b>a → b (1)</b>");
  }

  @Test
  void imagesThatAreMissingOrNoBase64AreLeftOut() throws JsonProcessingException {
    assertThat(drawn(MISTAKEN, "{'images': {'17': '\\\"><script>', '4': 4}}"))
        .contains("<b>b → a (2)</b>")
        .doesNotContain("<img", "script", "Under each image");
    assertThat(drawn(MISTAKEN, "{}")).contains("<b>b → a (2)</b>").doesNotContain("<img");
  }

  @Test
  void withoutMistakesThereAreNoImages() throws JsonProcessingException {
    assertThat(
            drawn(
                "{'classes': [{'name': 'a'}, {'name': 'b'}], 'confusion': [[3, 0], [0, 2]],"
                    + " 'mistakes': []}",
                "{'images': {}}"))
        .contains("It made no mistake.")
        .doesNotContain("<img", "<ol");
  }

  private static String drawn(String evaluation) throws JsonProcessingException {
    return drawn(evaluation, "{}");
  }

  private static String drawn(String evaluation, String images) throws JsonProcessingException {
    Html page = new Html();
    JsonNode parsed = parsed(evaluation);
    ConfusionMatrix.of(parsed, MistakeSamples.of(parsed, parsed(images))).draw(page);
    return page.toString();
  }

  private static JsonNode parsed(String json) throws JsonProcessingException {
    return new ObjectMapper().readTree(json.replace('\'', '"'));
  }
}
