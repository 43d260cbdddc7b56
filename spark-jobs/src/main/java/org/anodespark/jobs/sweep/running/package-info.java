/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
/**
 * How a sweep is carried out: {@link org.anodespark.jobs.sweep.running.Sweep} is the loop that
 * decides and notes, a {@link org.anodespark.jobs.sweep.running.RungRunner} has the trainings done
 * that a {@link org.anodespark.jobs.sweep.running.TrialPlan} plans, each as one task ({@link
 * org.anodespark.jobs.sweep.running.TaskTrials}) or distributed ({@link
 * org.anodespark.jobs.sweep.running.ClusterTrials}).
 */
package org.anodespark.jobs.sweep.running;
