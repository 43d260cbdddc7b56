/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
/**
 * Searches settings: the job {@code sweep}.
 *
 * <p>A search strategy ({@code search}) proposes trials, a pruning ({@code pruning}) decides which
 * of them are trained further, the loop ({@code running}) has that done side by side on the
 * executors, the ledger ({@code ledger}) keeps what happened, and the results ({@code results})
 * follow from the ledger. A trial's training is a run of the job {@code train} in a run directory
 * of its own that pauses at each rung, so that it comes to the same bits as that job would.
 */
package org.anodespark.jobs.sweep;
