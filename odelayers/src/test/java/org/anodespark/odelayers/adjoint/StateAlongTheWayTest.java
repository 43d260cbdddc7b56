/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.adjoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.anodespark.odelayers.solver.DenseStep;
import org.anodespark.odelayers.solver.Step;
import org.anodespark.odelayers.solver.TimeGrid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class StateAlongTheWayTest {
  @ParameterizedTest
  @CsvSource({"1, 0, 0", "1.5, 0, 0.5", "2.5, 1, 0.25", "4, 1, 1", "6, 2, 0.5", "8, 2, 1"})
  void asksTheStepThatATimeLiesIn(double t, int step, double fraction) {
    assertThat(at(TimeGrid.of(1, 2, 4, 8), t)).containsExactly(step, fraction);
  }

  @ParameterizedTest
  @CsvSource({"8, 0, 0", "6, 0, 0.5", "4, 0, 1", "3, 1, 0.5", "1.25, 2, 0.75", "1, 2, 1"})
  void asksTheStepOfASolveBackwardsInTime(double t, int step, double fraction) {
    assertThat(at(TimeGrid.of(8, 4, 2, 1), t)).containsExactly(step, fraction);
  }

  @Test
  void takesTheNearestEndForATimeThatIsRoundedOutOfTheSolve() {
    TimeGrid grid = TimeGrid.of(1, 2, 4, 8);
    assertThat(at(grid, Math.nextDown(1.0))).containsExactly(0, 0);
    assertThat(at(grid, Math.nextUp(8.0))).containsExactly(2, 1);
  }

  @Test
  void knowsTheOnlyStep() {
    assertThat(at(TimeGrid.of(0, 2), 1.5)).containsExactly(0, 0.75);
  }

  /** Number of the step that was asked, and for which fraction of it. */
  private static double[] at(TimeGrid grid, double t) {
    List<DenseStep> steps =
        IntStream.range(0, grid.steps())
            .mapToObj(index -> (DenseStep) new Witness(grid.step(index)))
            .toList();
    INDArray out = Nd4j.zeros(DataType.DOUBLE, 2);
    new StateAlongTheWay(steps).at(t, out);
    return out.toDoubleVector();
  }

  private record Witness(Step step) implements DenseStep {
    @Override
    public void interpolate(double theta, INDArray out) {
      out.putScalar(0, step.index());
      out.putScalar(1, theta);
    }

    @Override
    public void close() {
      // nothing is kept
    }
  }
}
