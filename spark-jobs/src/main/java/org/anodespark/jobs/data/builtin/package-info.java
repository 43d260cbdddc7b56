/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
/**
 * Draws the built-in data set: {@link org.anodespark.jobs.data.builtin.BuiltinImages} puts one
 * {@link org.anodespark.jobs.data.builtin.Shape} on a {@link
 * org.anodespark.jobs.data.builtin.Canvas}. It knows nothing of shards or Spark.
 *
 * <p>The same seed gives the same bytes on every machine and Java release: random numbers come from
 * {@link org.anodespark.jobs.data.builtin.ReproducibleRandom}, angles from {@link
 * java.lang.StrictMath}, and outlines from sampling by plain arithmetic, which Java 17 and later
 * round alike everywhere. A change to any of it makes another data set and breaks a golden test.
 */
package org.anodespark.jobs.data.builtin;
