/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
/**
 * Times and what becomes of them: {@link org.anodespark.benchmarks.measurement.InterleavedRounds}
 * takes them in turns, {@link org.anodespark.benchmarks.measurement.Sample} has their median,
 * quartiles and ratios. Plain Java.
 */
package org.anodespark.benchmarks.measurement;
