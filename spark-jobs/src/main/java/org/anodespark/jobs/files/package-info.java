/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
/**
 * Hadoop's file systems as jobs use them: {@link org.anodespark.jobs.files.HadoopPaths} makes paths
 * of settings and sentences of failures, a {@link org.anodespark.jobs.files.StagedFolder} appears
 * with all its files or not at all, and so does an {@link org.anodespark.jobs.files.AtomicFile}.
 * {@link org.anodespark.jobs.files.StrictJson} and {@link org.anodespark.jobs.files.Sha256} are how
 * files are read and checked.
 */
package org.anodespark.jobs.files;
