/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
/**
 * What is integrated: the {@link org.anodespark.odelayers.dynamics.VectorField} f(t, y; theta) and
 * its products with the Jacobian.
 *
 * <p>{@link org.anodespark.odelayers.dynamics.LayerStack} makes any list of DL4J layers a field,
 * and a {@link org.anodespark.odelayers.dynamics.TimeInput} makes that depend on time: of its first
 * layer, of every layer, or by a factor in front. A field may be evaluated and forgotten, or
 * evaluated and {@linkplain org.anodespark.odelayers.dynamics.KeptEvaluation kept} for products
 * with its Jacobian: pullbacks (vector-Jacobian, for gradients) and pushforwards (Jacobian-vector,
 * for implicit methods). A field of layers that have them also gives Taylor coefficients along a
 * curve, a {@linkplain org.anodespark.odelayers.dynamics.VectorField#jet jet}, for regularisers of
 * derivatives. Who decides which is the adjoint strategy or the method. {@link
 * org.anodespark.odelayers.dynamics.ParameterGradient} adds up what the pullbacks leave. Nothing
 * here knows of solvers or strategies.
 */
package org.anodespark.odelayers.dynamics;
