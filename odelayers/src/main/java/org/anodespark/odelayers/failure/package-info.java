/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
/**
 * How a solve fails: one exception, {@link org.anodespark.odelayers.failure.OdeSolveException},
 * with a {@linkplain org.anodespark.odelayers.failure.FailureReason reason} that a program can read
 * and a message that names block, time, step and what to do. Nothing here knows of anything else.
 */
package org.anodespark.odelayers.failure;
