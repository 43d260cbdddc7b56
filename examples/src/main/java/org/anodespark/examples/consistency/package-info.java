/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
/**
 * Gradients that belong to no function: the adjoint equation discretised by itself differs from the
 * gradient of the discretised solve, by the order of the method in the step size and by O(1) for
 * the one or two Euler steps of a residual block, even where solving backwards is harmless.
 */
package org.anodespark.examples.consistency;
