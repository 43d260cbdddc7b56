/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
/**
 * How fast it is, beside others on the same machine. Three programs behind {@code run.sh}: {@link
 * org.anodespark.benchmarks.kernels} by themselves, one {@link org.anodespark.benchmarks.block},
 * and how a whole network {@link org.anodespark.benchmarks.train}s. {@link
 * org.anodespark.benchmarks.Benchmarks} is their command line; {@code docs/performance.md} tells
 * what the numbers mean.
 */
package org.anodespark.benchmarks;
