/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
/**
 * Parts that somebody else has written: they use the library's public interface only, and stand in
 * the places where the library's own parts stand. docs/extending.md walks through them.
 *
 * <table>
 *   <caption>Parts</caption>
 *   <tr><th>class</th><th>implements</th><th>shows</th></tr>
 *   <tr><td>{@link org.anodespark.examples.plugin.TwoStepAdamsBashforth}</td><td>{@code StepMethod}</td><td>a method that carries a slope from step to step, and its transposed step</td></tr>
 *   <tr><td>{@link org.anodespark.examples.plugin.PredatorPrey}</td><td>{@code VectorField}, {@code KeptEvaluation}</td><td>a field that is no network, with parameters</td></tr>
 *   <tr><td>{@link org.anodespark.examples.plugin.StrideCheckpoint}</td><td>{@code AdjointStrategy}, {@code Trajectory}, {@code StepRecorder}</td><td>another exchange of memory for time, with its declared cost</td></tr>
 *   <tr><td>{@link org.anodespark.examples.plugin.CompetitionLayer}</td><td>DL4J's {@code FeedForwardLayer} and {@code BaseLayer}</td><td>a layer of one's own as the dynamics of a block</td></tr>
 * </table>
 */
package org.anodespark.examples.plugin;
