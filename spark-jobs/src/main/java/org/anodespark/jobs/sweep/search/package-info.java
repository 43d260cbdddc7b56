/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
/**
 * What a sweep tries next: a {@link org.anodespark.jobs.sweep.search.SearchStrategy} is a sequence
 * of {@link org.anodespark.jobs.sweep.search.Assignment assignments} of values to settings, a grid,
 * drawn points or those of a Sobol sequence. Strategies know nothing of results, so that trials can
 * be trained side by side and a sweep can be taken up anywhere.
 */
package org.anodespark.jobs.sweep.search;
