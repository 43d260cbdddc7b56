/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
/**
 * Two small problems on a cubic spiral in the plane, {@code du1 = (-alpha u1^3 + beta u2^3) dt},
 * {@code du2 = (-beta u1^3 - alpha u2^3) dt} from (2, 0), with and without noise:
 *
 * <ul>
 *   <li>{@link org.anodespark.jobs.experiment.spiral.SpiralOdeExperiment}: an ODE block learns the
 *       trajectory without noise
 *   <li>{@link org.anodespark.jobs.experiment.spiral.SpiralSdeExperiment}: an SDE block learns
 *       means and variances over paths with multiplicative noise
 * </ul>
 *
 * <p>{@link org.anodespark.jobs.experiment.spiral.Spiral} makes the data with the solvers of
 * odelayers. Everything is in double precision.
 */
package org.anodespark.jobs.experiment.spiral;
