/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.examples.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class MarkdownTableTest {
  @Test
  void alignsTheFirstColumnToTheLeftAndTheOthersToTheRight() {
    MarkdownTable table = new MarkdownTable(List.of("method", "N", "error"));
    table.row(List.of("Euler", 2, 0.5));
    assertThat(table)
        .hasToString(
            """
            | method | N | error |
            | --- | ---: | ---: |
            | Euler | 2 | 0.5 |
            """);
  }

  @Test
  void refusesARowOfAnotherLength() {
    MarkdownTable table = new MarkdownTable(List.of("method", "N"));
    assertThatThrownBy(() -> table.row(List.of("Euler")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("A row of 1 cells, expected 2, one for each column.");
  }
}
