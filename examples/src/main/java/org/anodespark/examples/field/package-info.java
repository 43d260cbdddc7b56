/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
/**
 * The fields of the demonstrations: {@link org.anodespark.examples.field.OneLayerField}, one layer
 * on a {@link org.anodespark.examples.field.LinearMap}, and the gradient of a loss at the end of
 * its solve, by an adjoint strategy or by differences ({@link
 * org.anodespark.examples.field.LossGradient}).
 */
package org.anodespark.examples.field;
