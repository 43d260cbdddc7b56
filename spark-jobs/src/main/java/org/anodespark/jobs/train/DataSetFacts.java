/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.train;

/**
 * Which data a training used.
 *
 * @param name for people
 * @param builtin whether it is the drawn images that come with this program, which are not CIFAR
 */
public record DataSetFacts(String name, boolean builtin) {}
