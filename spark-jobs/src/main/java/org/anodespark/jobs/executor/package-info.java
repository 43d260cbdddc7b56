/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
/**
 * What Spark tasks with networks in them share, whatever they do with them.
 *
 * <p>{@link org.anodespark.jobs.executor.TaskMemory} limits the native memory that a task takes and
 * frees it afterwards.
 */
package org.anodespark.jobs.executor;
