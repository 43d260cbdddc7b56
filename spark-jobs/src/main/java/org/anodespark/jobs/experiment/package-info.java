/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
/**
 * Compares methods: the job {@code experiment}.
 *
 * <p>An {@link org.anodespark.jobs.experiment.ExperimentGrid} makes of the settings one {@link
 * org.anodespark.jobs.experiment.PlannedCell} for each method, network and seed: the settings of a
 * training. {@link org.anodespark.jobs.experiment.CellRunner} submits each as a job of Spark with
 * one task, a {@link org.anodespark.jobs.experiment.CellTask}, which is a {@link
 * org.anodespark.jobs.train.LocalTraining} in a run directory of its own. When all are trained,
 * {@link org.anodespark.jobs.experiment.PredictionTimings} times their predictions in turn. The
 * results become an {@link org.anodespark.jobs.experiment.ExperimentTable}, files and a page.
 *
 * <p>A cell is done when its folder has a {@link org.anodespark.jobs.experiment.ResultFile}; an
 * experiment that was ended goes on with the others, each from its latest checkpoint.
 */
package org.anodespark.jobs.experiment;
