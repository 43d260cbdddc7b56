/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
/**
 * Measured things in processes of their own, so that each has its own number of threads, its own
 * heap and its own native libraries, in any language. The parent writes commands to the child's
 * standard input and reads answers from its standard output, one JSON object per line:
 *
 * <pre>{@code
 * {"prepare": {...}}     -> {"engine": "...", "variants": [{"name": "...", "work": "..."}]}
 *                           or {"unavailable": "why this cannot be measured here"}
 * {"facts": "VARIANT"}   -> {"facts": {"name": number, ...}}    numbers other than times
 * {"run": "VARIANT"}     -> {"seconds": 0.123}                  runs once
 * anything that fails    -> {"error": "..."}
 * }</pre>
 *
 * The child ends when its input does. {@link org.anodespark.benchmarks.process.Child} is the
 * parent's end, {@link org.anodespark.benchmarks.process.WorkloadServer} that of a child in Java,
 * which implements {@link org.anodespark.benchmarks.process.Workload}.
 */
package org.anodespark.benchmarks.process;
