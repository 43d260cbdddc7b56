/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
/**
 * Implicit methods: stable steps as long as accuracy allows, for fields with fast decaying
 * components, where an explicit method would need h times the fastest rate to be about 1.
 *
 * <table>
 *   <caption>The theta methods, y1 = y0 + h ((1 - theta) f(t0, y0) + theta f(t1, y1))</caption>
 *   <tr><th>class</th><th>theta</th><th>order</th><th>kept evaluations</th><th>stability</th></tr>
 *   <tr><td>{@link org.anodespark.odelayers.solver.implicit.BackwardEuler}</td><td>1</td><td>1</td><td>1</td><td>A, L</td></tr>
 *   <tr><td>{@link org.anodespark.odelayers.solver.implicit.CrankNicolson}</td><td>1/2</td><td>2</td><td>2</td><td>A</td></tr>
 * </table>
 *
 * <p><b>A step</b> solves its equation by Newton's method from y0 on. With J = df/dy at the latest
 * iterate, each correction d is
 *
 * <pre>  (I - h theta J) d = y0 + h (1 - theta) f(t0, y0) + h theta f(t1, y) - y,   y := y + d
 * </pre>
 *
 * <p>by GMRES, which needs Jacobian-vector products only: no matrix is ever formed; and d is halved
 * while it does not make the right-hand side smaller. The products are the {@linkplain
 * org.anodespark.odelayers.dynamics.KeptEvaluation#pushforward pushforward} of the field's kept
 * evaluation, which a field of one's own must implement to be solved here.
 *
 * <p><b>Its gradient</b> is the exact discrete adjoint by the implicit function theorem; nothing of
 * the iterations is kept or differentiated (Zhang and Zhao, "A memory-efficient neural ordinary
 * differential equation framework based on high-level adjoint differentiation", 2022). With lambda
 * the gradient after the step,
 *
 * <pre>
 *  (I - h theta J1)^T w = lambda
 *  lambda0 = w + h (1 - theta) J0^T w
 *  gradient of the parameters += h theta f_theta1^T w + h (1 - theta) f_theta0^T w
 * </pre>
 *
 * <p>where the first line is solved by GMRES again, with vector-Jacobian products.
 *
 * <p><b>Settings.</b> {@code tolerance} says how exactly both equations are solved, relative to the
 * norm of the state; the gradient is exact up to that, and a looser one takes fewer evaluations.
 * {@code maxIterations} and {@code maxLinearIterations} bound the work of a step. When they do not
 * suffice the step fails with {@code NO_CONVERGENCE} and says how far it came: the equation may
 * have no solution if h times a rate at which f grows comes near 1 / theta. Shorter steps help.
 *
 * <p><b>Costs.</b> The evaluations of a step are those that its iteration takes, so {@code
 * fixedWork} is false and an adjoint strategy can declare its memory but not its counts. Besides
 * what a strategy keeps, a step needs scratch memory: five states, and one for each basis vector of
 * GMRES, at most 31. All exact strategies work: {@code FullStorage}, {@code AnodeCheckpoint},
 * {@code StepCheckpoint}, {@code Revolve} and {@code OnlineCheckpoint}. Those that solve the
 * adjoint equations as an ODE of their own, or undo steps, refuse these methods.
 */
package org.anodespark.odelayers.solver.implicit;
