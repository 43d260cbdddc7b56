/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
/**
 * The command line, in two processes.
 *
 * <ol>
 *   <li>{@code submit.sh} starts {@link org.anodespark.jobs.cli.Launcher}, a plain Java program
 *       without Spark on its class path. It reads the {@linkplain
 *       org.anodespark.jobs.cli.LaunchOptions options}, resolves and checks all settings, fills in
 *       {@linkplain org.anodespark.jobs.cli.PathDefaults paths}, and writes the {@linkplain
 *       org.anodespark.jobs.cli.SparkSubmitCommand spark-submit command} for {@code submit.sh} to
 *       run.
 *   <li>spark-submit starts {@link org.anodespark.jobs.cli.Driver}, which resolves the same
 *       settings from the arguments that the launcher wrote, looks the job up in the {@link
 *       org.anodespark.jobs.cli.JobRegistry} and turns its outcome into an exit status.
 * </ol>
 *
 * <p>What the launcher uses must not refer to Spark, Hadoop or a logger.
 */
package org.anodespark.jobs.cli;
