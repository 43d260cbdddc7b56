/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
/**
 * What small trainings on time series have in common: a {@link
 * org.anodespark.jobs.experiment.series.SeriesProblem} is a network with its data, {@link
 * org.anodespark.jobs.experiment.series.SeriesTraining} trains and measures it, and {@link
 * org.anodespark.jobs.experiment.series.SeriesResult} is what came of it. One process, no Spark.
 *
 * <p>Data are solutions of known equations: {@link
 * org.anodespark.jobs.experiment.series.Trajectories} solves a {@link
 * org.anodespark.jobs.experiment.series.FormulaField} with the solvers of odelayers.
 */
package org.anodespark.jobs.experiment.series;
