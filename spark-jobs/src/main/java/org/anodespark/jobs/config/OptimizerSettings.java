/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.config;

/** Section {@code optimizer}. */
public record OptimizerSettings(
    String kind, double learningRate, double momentum, double weightDecay, String schedule) {}
