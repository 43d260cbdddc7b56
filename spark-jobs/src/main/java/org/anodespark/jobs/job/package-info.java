/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
/**
 * What the command line and the jobs agree on: a {@link org.anodespark.jobs.job.Job} runs in a
 * {@link org.anodespark.jobs.job.JobContext}.
 */
package org.anodespark.jobs.job;
