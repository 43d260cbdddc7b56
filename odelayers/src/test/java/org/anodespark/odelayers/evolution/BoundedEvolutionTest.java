/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.evolution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.anodespark.odelayers.layer.WeightEvolution;
import org.anodespark.odelayers.solver.rungekutta.ClassicRungeKutta;
import org.anodespark.odelayers.solver.rungekutta.Euler;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;

class BoundedEvolutionTest extends WeightEvolutionContractTest {
  @Override
  WeightEvolution evolution() {
    return new BoundedEvolution(new ClassicRungeKutta(), 5);
  }

  @Test
  void takesTheStepsOfItsGrid() {
    INDArray weights = weights(3, 3);
    INDArray coefficients = coefficients();
    WeightEvolution oneStep = new BoundedEvolution(new Euler(), 1);
    INDArray slope = weights.ulike();
    new BoundedField(coefficients).evaluate(0, weights, slope);

    INDArray out = weights.ulike();
    oneStep.path(weights, coefficients).at(0.5, out);
    assertThat(out.distance2(weights.add(slope.mul(0.5)))).isLessThan(1e-13);

    new BoundedEvolution(new Euler(), 2).path(weights, coefficients).at(1, out);
    INDArray half = weights.add(slope.mul(0.5));
    INDArray secondSlope = weights.ulike();
    new BoundedField(coefficients).evaluate(0.5, half, secondSlope);
    assertThat(out.distance2(half.add(secondSlope.mul(0.5)))).isLessThan(1e-13);
  }

  @Test
  void isTheLinearEvolutionWhereSlopesAreSmall() {
    INDArray weights = weights(3, 3).muli(1e-4);
    INDArray coefficients = coefficients();
    INDArray linear = weights.ulike();
    new ReactionDiffusionAdvection().path(weights, coefficients).at(1, linear);
    INDArray bounded = weights.ulike();
    new BoundedEvolution(new ClassicRungeKutta(), 50).path(weights, coefficients).at(1, bounded);
    assertThat(bounded.distance2(linear)).isLessThan(1e-6 * linear.norm2Number().doubleValue());
  }

  @Test
  void movesNoWeightByMoreThanTheTime() {
    INDArray weights = weights(3, 3);
    INDArray change = at(weights, coefficients().muli(100), 0.6).subi(weights);
    assertThat(Transforms.abs(change).maxNumber().doubleValue()).isLessThanOrEqualTo(0.6 + 1e-12);
  }

  @Test
  void timesThatMissTheGridByRoundingAreThoseOfTheGrid() {
    INDArray weights = weights(3, 3);
    INDArray coefficients = coefficients();
    double sum = 0.2 + 0.2 + 0.2;
    assertThat(sum).isNotEqualTo(0.6);
    assertThat(at(weights, coefficients, sum).distance2(at(weights, coefficients, 0.6)))
        .isLessThan(1e-12);
  }

  @Test
  void refusesNoSteps() {
    assertThatThrownBy(() -> new BoundedEvolution(new Euler(), 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("steps = 0");
  }
}
