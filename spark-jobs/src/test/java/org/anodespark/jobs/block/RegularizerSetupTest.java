/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.block;

import static org.assertj.core.api.Assertions.assertThat;

import org.anodespark.odelayers.regularization.ErrorEstimate;
import org.anodespark.odelayers.regularization.JacobianFrobenius;
import org.anodespark.odelayers.regularization.KineticEnergy;
import org.anodespark.odelayers.regularization.LocalRegularization;
import org.anodespark.odelayers.regularization.OverSteps;
import org.anodespark.odelayers.regularization.Steer;
import org.anodespark.odelayers.regularization.StiffnessEstimate;
import org.anodespark.odelayers.regularization.TaylorRegularization;
import org.anodespark.odelayers.schedule.ExponentialAnnealing;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.schedule.FixedSchedule;
import org.nd4j.linalg.schedule.ScheduleType;

class RegularizerSetupTest {
  @Test
  void makesTheRegularisersThatAreOn() {
    assertThat(
            RegularizerSetup.NONE
                .errorEstimate(1, 1, "squared-error", "sum")
                .stiffnessEstimate(2, 1, "mean")
                .local(3, 1, "stiffness", "biased")
                .taylor(4, 1, 2)
                .kineticEnergy(5, 1)
                .jacobianFrobenius(6, 1)
                .steer(0.25)
                .over(10))
        .containsExactly(
            new ErrorEstimate(
                new FixedSchedule(1), ErrorEstimate.Quantity.SQUARED_ERROR, OverSteps.SUM),
            new StiffnessEstimate(new FixedSchedule(2), OverSteps.MEAN),
            new LocalRegularization(
                new FixedSchedule(3),
                LocalRegularization.Sampling.BIASED,
                LocalRegularization.Quantity.STIFFNESS),
            new TaylorRegularization(4, 2),
            new KineticEnergy(5),
            new JacobianFrobenius(6),
            new Steer(0.25));
  }

  @Test
  void makesNoneOfThoseThatAreOff() {
    assertThat(
            RegularizerSetup.NONE
                .errorEstimate(0, 1, "squared-error", "sum")
                .stiffnessEstimate(0, 1, "mean")
                .local(0, 1, "stiffness", "biased")
                .taylor(0, 1, 2)
                .kineticEnergy(0, 1)
                .jacobianFrobenius(0, 1)
                .steer(0)
                .over(10))
        .isEmpty();
  }

  @Test
  void aCoefficientGoesToItsFinalValueOverTheTraining() {
    assertThat(RegularizerSetup.NONE.kineticEnergy(100, 0.1).over(75))
        .containsExactly(
            new KineticEnergy(new ExponentialAnnealing(ScheduleType.ITERATION, 100, 10, 75)));
  }
}
