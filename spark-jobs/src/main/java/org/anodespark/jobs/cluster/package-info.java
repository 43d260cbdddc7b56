/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
/**
 * A standalone Spark cluster on this machine, to try out what a real one does.
 *
 * <p>A {@link org.anodespark.jobs.cluster.TrialCluster} lives in a folder: a file for each {@link
 * org.anodespark.jobs.cluster.Daemon} says which process it is, and a log what it said. {@link
 * org.anodespark.jobs.cluster.SparkDaemons} knows how Spark wants its master and its workers to be
 * started. Nothing here refers to Spark's classes: the daemons are processes of their own.
 */
package org.anodespark.jobs.cluster;
