/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
/**
 * Which examples go into which minibatch, and which minibatches each worker trains between two
 * averagings: plain integers, without Spark, Deeplearning4j or files.
 *
 * <p>Start with {@link org.anodespark.jobs.plan.EpochPlan}. An epoch is a permutation of all
 * examples, cut into {@link org.anodespark.jobs.plan.Minibatch minibatches}, which are cut into
 * {@link org.anodespark.jobs.plan.Round rounds}; in a round every worker trains one {@link
 * org.anodespark.jobs.plan.WorkerShare}. {@link org.anodespark.jobs.plan.EvaluationPlan} does the
 * same for an evaluation, in order. {@link org.anodespark.jobs.plan.TrainingPosition} says how far
 * an epoch has come, and the rest of it can be planned from there. Plans are pure functions of
 * their arguments: the driver, and a driver that starts again, always make the same ones. {@link
 * org.anodespark.jobs.plan.Seeds} derives every other seed of a run.
 */
package org.anodespark.jobs.plan;
