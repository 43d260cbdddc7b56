/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
/**
 * The library from outside: parts of one's own ({@link org.anodespark.examples.plugin}), and
 * programs that show what exact gradients are good for ({@link org.anodespark.examples.reversal},
 * {@link org.anodespark.examples.consistency}) and what they cost ({@link
 * org.anodespark.examples.costs}). {@link org.anodespark.examples.Examples} is their command line.
 */
package org.anodespark.examples;
