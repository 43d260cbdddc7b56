/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
/**
 * The program {@code block}: {@link org.anodespark.benchmarks.block.BlockBenchmark} has a child
 * process for each contender, holds what they compute against each other and takes their times in
 * rounds; {@link org.anodespark.benchmarks.block.BlockReport} writes what came out.
 */
package org.anodespark.benchmarks.block;
