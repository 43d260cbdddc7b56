/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.predict;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class PredictionFormatTest {
  private static final List<String> CLASSES = List.of("cat", "dog, \"wild\"", "owl");
  private static final float[] PROBABILITIES = {0.25f, 0.125f, 0.625f};

  @Test
  void aLineOfJsonHasTheProbabilityOfEveryClassInOrder() {
    PredictionFormat format = new PredictionFormat(false, CLASSES, 0);

    assertThat(format.header()).isEmpty();
    assertThat(format.line("a.png", PROBABILITIES))
        .isEqualTo(
            "{\"image\":\"a.png\",\"class\":\"owl\",\"probability\":0.625,\"probabilities\":"
                + "{\"cat\":0.25,\"dog, \\\"wild\\\"\":0.125,\"owl\":0.625}}\n");
  }

  @Test
  void onRequestOnlyThoseOfTheMostProbableOnes() {
    assertThat(new PredictionFormat(false, CLASSES, 2).line("a.png", PROBABILITIES))
        .endsWith("\"probabilities\":{\"owl\":0.625,\"cat\":0.25}}\n");
    assertThat(new PredictionFormat(false, CLASSES, 9).line("a.png", PROBABILITIES))
        .endsWith("\"probabilities\":{\"owl\":0.625,\"cat\":0.25,\"dog, \\\"wild\\\"\":0.125}}\n");
  }

  @Test
  void commaSeparatedValuesHaveAColumnForEachClass() {
    PredictionFormat format = new PredictionFormat(true, CLASSES, 0);

    assertThat(format.header())
        .isEqualTo("image,class,probability,cat,\"dog, \"\"wild\"\"\",owl\n");
    assertThat(format.line("a,b.png", PROBABILITIES))
        .isEqualTo("\"a,b.png\",owl,0.625,0.25,0.125,0.625\n");
  }

  @Test
  void orPairsOfClassAndProbability() {
    PredictionFormat format = new PredictionFormat(true, CLASSES, 2);

    assertThat(format.header()).isEqualTo("image,class,probability,class_2,probability_2\n");
    assertThat(format.line("a.png", PROBABILITIES)).isEqualTo("a.png,owl,0.625,cat,0.25\n");
  }

  @Test
  void ofEquallyProbableClassesTheFirstIsPredicted() {
    assertThat(new PredictionFormat(true, CLASSES, 1).line("a.png", new float[] {0.2f, 0.4f, 0.4f}))
        .isEqualTo("a.png,\"dog, \"\"wild\"\"\",0.4\n");
  }
}
