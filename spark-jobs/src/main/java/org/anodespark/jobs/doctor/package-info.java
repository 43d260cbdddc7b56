/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
/**
 * The job {@code doctor}: finds out whether this machine and the cluster are able to train, and
 * says what to do where they are not.
 *
 * <p>{@link org.anodespark.jobs.doctor.DoctorJob} goes through the checks in the order in which one
 * needs the other. Each comes to a {@link org.anodespark.jobs.doctor.Finding}, one line. What
 * executors have to say of themselves is an {@link org.anodespark.jobs.doctor.ExecutorFacts}, which
 * is made in a task and judged by the driver.
 */
package org.anodespark.jobs.doctor;
