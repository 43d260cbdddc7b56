/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.config;

import java.util.List;

/** Section {@code model}. */
public record ModelSettings(
    List<Integer> widths, String solver, int steps, String adjoint, double batchNormDecay) {}
