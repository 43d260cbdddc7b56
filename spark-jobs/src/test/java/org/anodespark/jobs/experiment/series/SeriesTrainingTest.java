/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.experiment.series;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SeriesTrainingTest {
  /** Notes what it is asked for. */
  private static final class NotedProblem implements SeriesProblem {
    final List<String> calls = new ArrayList<>();

    @Override
    public double update(int iteration) {
      calls.add("update " + iteration);
      return 10 - iteration;
    }

    @Override
    public double testLoss() {
      calls.add("test");
      return 0.5;
    }

    @Override
    public double predict() {
      calls.add("predict");
      return 42;
    }
  }

  @Test
  void updatesThenPredictsAndTests() {
    NotedProblem problem = new NotedProblem();
    List<Integer> watched = new ArrayList<>();
    SeriesResult result =
        SeriesTraining.run(problem, 3, (iteration, loss) -> watched.add(iteration));
    assertThat(problem.calls).startsWith("update 0", "update 1", "update 2", "predict", "test");
    assertThat(problem.calls.subList(5, problem.calls.size())).containsOnly("predict");
    assertThat(watched).containsExactly(0, 1, 2);
    assertThat(result.lossCurve()).containsExactly(10.0, 9.0, 8.0);
    assertThat(result.testLoss()).isEqualTo(0.5);
    assertThat(result.evaluations()).isEqualTo(42);
  }

  @Test
  void refusesATrainingWithoutUpdates() {
    assertThatThrownBy(() -> SeriesTraining.run(new NotedProblem(), 0, ProgressListener.NONE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("iterations = 0, expected at least 1.");
  }
}
