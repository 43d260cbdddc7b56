/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class EvaluationPlanTest {
  @Test
  void examplesComeInTheirOrderAndTheLastMinibatchIsShorter() {
    EvaluationPlan plan = EvaluationPlan.inOrder(7, 3);

    assertThat(plan.minibatches())
        .containsExactly(
            new Minibatch(0, List.of(0, 1, 2)),
            new Minibatch(1, List.of(3, 4, 5)),
            new Minibatch(2, List.of(6)));
    assertThat(plan.examples()).isEqualTo(7);
  }
}
