/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
/**
 * What a sweep has come to: {@link org.anodespark.jobs.sweep.results.Standings} orders the trials
 * of its ledger, from which follow {@code leaderboard.csv}, {@code best.conf} and {@code
 * sweep.html}.
 */
package org.anodespark.jobs.sweep.results;
