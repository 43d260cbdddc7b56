/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
/**
 * How the weights of convolutions evolve with time: ANODEV2, in which dw/dt = q(w; p) beside dy/dt
 * = f(y; w(t)), and w(0) and p are learned.
 *
 * <table>
 *   <caption>Evolutions</caption>
 *   <tr><td>{@link org.anodespark.odelayers.evolution.ReactionDiffusionAdvection}</td><td>linear, solved exactly</td></tr>
 *   <tr><td>{@link org.anodespark.odelayers.evolution.GaussianConvolution}</td><td>its diffusion alone</td></tr>
 *   <tr><td>{@link org.anodespark.odelayers.evolution.BoundedEvolution}</td><td>tanh of the same, in time steps</td></tr>
 * </table>
 *
 * <p>{@code new OdeBlock.Builder().evolution(evolution, timing)} gives one to the convolutions of a
 * block. Since w does not depend on y, f is a function of t, y, w(0) and p as any other: every
 * solver and every adjoint strategy works, and the gradient is exact. To write another: implement
 * {@link org.anodespark.odelayers.layer.WeightEvolution} with a path and its pullback; the contract
 * test shows what must hold.
 */
package org.anodespark.odelayers.evolution;
