/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
/**
 * Training by parameter averaging on Spark.
 *
 * <p>Read from the outside in. {@link org.anodespark.jobs.train.Trainer} is the driver's loop over
 * epochs and rounds; what it has come to is a {@link org.anodespark.jobs.train.TrainingState},
 * which {@link org.anodespark.jobs.train.TrainingCheckpoints} write and restore with the network,
 * and {@link org.anodespark.jobs.train.TrainingPolicies} say what it does when something goes
 * wrong. {@link org.anodespark.jobs.train.RoundRunner} makes one round a Spark job through
 * dl4j-spark: {@link org.anodespark.jobs.train.AveragingMaster} sends the parameters out and
 * averages what comes back, {@link org.anodespark.jobs.train.IterationKeepingWorker} is what runs
 * on an executor, and {@link org.anodespark.jobs.train.MinibatchHook} seeds and measures each
 * update there, while {@link org.anodespark.jobs.data.PrefetchingLoader} loads the minibatch of the
 * next one. {@link org.anodespark.jobs.evaluate.Evaluator} measures accuracy on the executors.
 * Whoever wants to know how it goes is a {@link org.anodespark.jobs.train.TrainingObserver}: the
 * progress line, the files of metrics, Spark's metrics, and the advice on how often to average.
 *
 * <p>Native memory is seen to before and during a training: {@link
 * org.anodespark.jobs.train.TrainingMemory} computes what is needed, {@link
 * org.anodespark.jobs.executor.NativeMemory} compares it with the settings, and {@link
 * org.anodespark.jobs.executor.TaskMemory} limits what tasks take and frees it after them.
 *
 * <p>Any {@code ComputationGraph} can be trained: a {@link
 * org.anodespark.jobs.train.NetworkFactory} makes its configuration, with the updater that {@link
 * org.anodespark.jobs.train.Optimizers} makes of the settings. What dl4j-spark 1.0.0-M2 does wrong
 * on other paths, and is avoided here: its {@code fit} methods on data sets lose examples; its
 * average ignores how much a worker trained and depends on the order of arrival; it forgets the
 * updater's state unless told not to, and the count of iterations always; and its evaluation merges
 * results in the order of arrival.
 */
package org.anodespark.jobs.train;
