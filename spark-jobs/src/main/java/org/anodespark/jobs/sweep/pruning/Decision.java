/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.sweep.pruning;

/**
 * What becomes of a trial that has reached a rung.
 *
 * @param trial number of the trial
 * @param goesOn whether it is trained to the next rung; if not, no further
 */
public record Decision(int trial, boolean goesOn) {}
