/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
/**
 * The block that everybody runs: one step of training without the update, that is the solve and the
 * gradients of state and parameters, of dy/dt = f(y) with f = convolution, batch norm, ReLU,
 * convolution, batch norm, ReLU, convolutions of 3 x 3 without bias. {@link
 * org.anodespark.benchmarks.problem.BlockProblem} has its sizes, {@link
 * org.anodespark.benchmarks.problem.TestPattern} its numbers, {@link
 * org.anodespark.benchmarks.problem.OperationCount} what it takes at least.
 */
package org.anodespark.benchmarks.problem;
