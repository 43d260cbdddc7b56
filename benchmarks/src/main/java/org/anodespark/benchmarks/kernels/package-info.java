/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
/**
 * The program {@code kernels}: JMH measures the kernels of odelayers by themselves. {@link
 * org.anodespark.benchmarks.kernels.KernelFamily} lists the families; the classes whose names end
 * in {@code Benchmark} run them; {@link org.anodespark.benchmarks.kernels.KernelReport} starts JMH
 * and writes what came out.
 */
package org.anodespark.benchmarks.kernels;
