/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
/**
 * Which trials of a sweep are ended early: a {@link org.anodespark.jobs.sweep.pruning.Pruning}
 * looks at the {@link org.anodespark.jobs.sweep.pruning.Standing} of each trial and makes one
 * {@link org.anodespark.jobs.sweep.pruning.Decision} at a time. It remembers nothing, so that a
 * sweep that goes on decides as one that was never interrupted.
 */
package org.anodespark.jobs.sweep.pruning;
