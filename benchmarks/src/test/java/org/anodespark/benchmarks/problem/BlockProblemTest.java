/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.benchmarks.problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import org.anodespark.benchmarks.report.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BlockProblemTest {
  @Test
  void readsSizesAndMethod() {
    assertThat(BlockProblem.parse("64x32x16x2-rk4"))
        .isEqualTo(new BlockProblem(64, 32, 16, 2, BlockMethod.RK4));
  }

  @Test
  void takesEulersMethodForGranted() {
    assertThat(BlockProblem.parse("64x32x16x2")).hasToString("64x32x16x2-euler");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "64x32x16       | '64x32x16' is no block; expected CHANNELSxSIZExBATCHxSTEPS",
        "64x32x16x2-ab2 | 'ab2' is no method; expected euler or rk4.",
        "64x32x1x2      | batch = 1, expected at least 2.",
        "0x32x16x2      | channels = 0, expected at least 1."
      })
  void refusesOtherTexts(String text, String message) {
    assertThatThrownBy(() -> BlockProblem.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  @Test
  void isTheJsonThatAllContendersRead() throws JsonProcessingException {
    BlockProblem problem = BlockProblem.parse("4x3x2x1-rk4");
    String json = Json.MAPPER.writeValueAsString(problem);
    assertThat(json)
        .isEqualTo("{\"channels\":4,\"size\":3,\"batch\":2,\"steps\":1,\"method\":\"rk4\"}");
    assertThat(Json.MAPPER.readValue(json, BlockProblem.class)).isEqualTo(problem);
  }
}
