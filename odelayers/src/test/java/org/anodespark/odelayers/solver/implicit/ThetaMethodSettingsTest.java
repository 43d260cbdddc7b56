/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.solver.implicit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.stream.Stream;
import org.anodespark.odelayers.RoundTrip;
import org.anodespark.odelayers.memory.ArrayPool;
import org.anodespark.odelayers.solver.InitialValueProblem;
import org.anodespark.odelayers.solver.SolveCounter;
import org.anodespark.odelayers.solver.StepMethod;
import org.anodespark.odelayers.solver.control.FixedSteps;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class ThetaMethodSettingsTest {
  static Stream<StepMethod> methods() {
    return Stream.of(
        new BackwardEuler(),
        new CrankNicolson(),
        new BackwardEuler(1e-8, 5, 60),
        new CrankNicolson(1e-4, 0, 100));
  }

  @ParameterizedTest
  @MethodSource("methods")
  void surviveJson(StepMethod method) throws IOException {
    String json = NeuralNetConfiguration.mapper().writeValueAsString(method);
    assertThat(NeuralNetConfiguration.mapper().readValue(json, StepMethod.class))
        .isEqualTo(method)
        .hasSameHashCodeAs(method)
        .hasToString(method.toString());
  }

  @ParameterizedTest
  @MethodSource("methods")
  void surviveJavaSerialisation(StepMethod method) throws IOException, ClassNotFoundException {
    assertThat(RoundTrip.javaSerialisation(method)).isEqualTo(method);
  }

  @Test
  void haveDefaultsForWhatJsonLeavesOut() throws IOException {
    String json = "{\"@class\":\"" + CrankNicolson.class.getName() + "\"}";
    assertThat(NeuralNetConfiguration.mapper().readValue(json, StepMethod.class))
        .isEqualTo(new CrankNicolson())
        .hasToString(
            "CrankNicolson(tolerance = 0.0, maxIterations = 20, maxLinearIterations = 500)");
  }

  @Test
  void distinguishMethods() {
    assertThat(new CrankNicolson())
        .isNotEqualTo(new BackwardEuler())
        .isNotEqualTo(new CrankNicolson(1e-3, 0, 0))
        .isNotEqualTo(new CrankNicolson(0, 19, 0))
        .isNotEqualTo(new CrankNicolson(0, 0, 499));
  }

  @Test
  void refuseNumbersOutOfRange() {
    assertThatThrownBy(() -> new BackwardEuler(1, 0, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("tolerance = 1.0, expected 0 (by data type) or more");
    assertThatThrownBy(() -> new BackwardEuler(Double.NaN, 0, 0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new BackwardEuler(0, -1, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("maxIterations = -1, expected at least 1, or 0 for 20");
    assertThatThrownBy(() -> new BackwardEuler(0, 0, -1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("maxLinearIterations = -1, expected at least 1, or 0 for 500");
  }

  @Test
  void declareTheEvaluationsThatAStepKeeps() {
    assertThat(new BackwardEuler().stages()).isEqualTo(1);
    assertThat(new CrankNicolson().stages()).isEqualTo(2);
    assertThat(new BackwardEuler().fixedWork()).isFalse();
    assertThat(new CrankNicolson().fixedWork()).isFalse();
  }

  @Test
  void aLooserToleranceTakesFewerEvaluations() {
    assertThat(evaluations(1e-2, DataType.DOUBLE)).isLessThan(evaluations(0, DataType.DOUBLE));
  }

  @Test
  void theDefaultToleranceDependsOnTheDataType() {
    assertThat(evaluations(0, DataType.FLOAT))
        .isEqualTo(evaluations(1e-6, DataType.FLOAT))
        .isNotEqualTo(evaluations(1e-4, DataType.FLOAT));
    assertThat(evaluations(0, DataType.DOUBLE))
        .isEqualTo(evaluations(1e-12, DataType.DOUBLE))
        .isNotEqualTo(evaluations(1e-6, DataType.DOUBLE));
  }

  private static long evaluations(double tolerance, DataType type) {
    SolveCounter counter = new SolveCounter();
    INDArray y1 = Nd4j.zeros(type, 1);
    new InitialValueProblem(
            counter.counting(FormulaField.detestA5()),
            new BackwardEuler(tolerance, 0, 0),
            new FixedSteps(20),
            0,
            5,
            counter,
            new ArrayPool(type))
        .solve(Nd4j.createFromArray(4.0).castTo(type), y1);
    return counter.statistics().forwardEvaluations();
  }
}
