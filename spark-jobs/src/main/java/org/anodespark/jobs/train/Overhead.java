/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.train;

/**
 * Where the time went in which workers did not compute: shares of the time that they could have
 * computed, which add up to {@link Tally#overheadFraction()}.
 *
 * @param inputWait workers waited for a minibatch to be loaded
 * @param broadcast the driver made the parameters ready, and no worker had started
 * @param setUp workers fetched the parameters and built their networks
 * @param averaging the driver checked and averaged what the workers had sent, and all were done
 * @param slowestWorker workers were done and another one still trained; not known, and in {@code
 *     other}, for rounds of more workers than fit on the cluster at once
 * @param other the rest: starting tasks, sending results
 */
public record Overhead(
    double inputWait,
    double broadcast,
    double setUp,
    double averaging,
    double slowestWorker,
    double other) {}
