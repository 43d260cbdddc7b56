/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
/**
 * Time series that were observed here and there: {@link
 * org.anodespark.jobs.experiment.latent.LatentOdeExperiment} trains a latent ODE on damped
 * pendulums, of which noisy mixtures of angle and velocity are known at some times of a grid, some
 * of them missing there too.
 *
 * <p>{@code Pendulum} moves by an equation with random properties, {@code IrregularSeries} says
 * what was observed of it, what of that a network is shown and what it has to find. Everything is
 * in double precision.
 */
package org.anodespark.jobs.experiment.latent;
