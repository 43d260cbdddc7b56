/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
/**
 * How jobs fail: {@link org.anodespark.jobs.failure.JobFailure} carries one sentence for the user
 * and one of the documented {@link org.anodespark.jobs.failure.ExitCode exit codes}. Everything
 * else that is thrown is a defect of ours and is shown with its stack trace.
 */
package org.anodespark.jobs.failure;
