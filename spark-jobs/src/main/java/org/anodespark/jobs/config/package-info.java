/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
/**
 * The settings of a job: what {@code conf/reference.conf} documents, as immutable records.
 *
 * <p>{@link org.anodespark.jobs.config.SettingsLoader} merges the sources, weakest first ({@code
 * reference.conf}, configuration files, {@code --set}), refuses unknown keys and hands each section
 * to the {@code from} method of its record, which checks every value. All checks live there, so a
 * {@link org.anodespark.jobs.config.Settings} made by the loader holds only values that a job may
 * use as they are; whatever is wrong ends in a {@link org.anodespark.jobs.failure.JobFailure} that
 * names the key, the value, where it came from and what was expected.
 *
 * <p>{@link org.anodespark.jobs.config.SparkSecrets} masks passwords among Spark's properties: only
 * the command that starts Spark is made from settings that have them.
 *
 * <p>Nothing here knows Spark: the launcher reads settings in a plain Java process. What an ODE
 * block may be told, and which of it goes together, is asked of the package {@code block}.
 */
package org.anodespark.jobs.config;
