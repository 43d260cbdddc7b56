/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
/**
 * What a solve tells about its own steps, for regularisers that make a network easy to solve: the
 * error estimate E, the stiffness estimate S and the length h of each accepted step ({@link
 * org.anodespark.odelayers.stochastic.measure.StepMeasure}), and the way back: {@link
 * org.anodespark.odelayers.stochastic.measure.StepWeights} say how the loss depends on them, and
 * the discrete adjoint of each step begins with these as seeds. Plain numbers; nothing here knows
 * of arrays, methods or fields.
 */
package org.anodespark.odelayers.stochastic.measure;
