/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.tensorboard;

import java.time.Instant;
import java.util.Map;

/**
 * Numbers that were measured together.
 *
 * @param time when
 * @param step where on TensorBoard's horizontal axis, at least 0
 * @param values by tag; TensorBoard groups tags by what stands before the first {@code /}
 */
public record ScalarEvent(Instant time, long step, Map<String, Double> values) {}
