/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
/**
 * Solves initial value problems dy/dt = f(t, y): steps that can be taken, and steps that can be
 * differentiated. A guide to the package.
 *
 * <p>An {@link org.anodespark.odelayers.solver.InitialValueProblem} says what is solved and with
 * what. It needs a field, a method, a control, an interval, a counter and a pool:
 *
 * <pre>{@code
 * SolveCounter counter = new SolveCounter();
 * InitialValueProblem problem =
 *     new InitialValueProblem(
 *         counter.counting(field),         // f, counted
 *         new DormandPrince(),             // how one step is taken
 *         new AdaptiveSteps(1e-3, 1e-6),   // which steps are taken
 *         0.0, 1.0,                        // from when to when; 1.0, 0.0 goes backwards
 *         counter,
 *         ArrayPool.ofCurrentThread(y0.dataType()));
 * TimeGrid grid = problem.solve(y0, y1);   // y1 receives the final state
 * SolveStatistics cost = counter.statistics();
 * }</pre>
 *
 * <p>States are arrays, C-ordered and contiguous, whose first of several dimensions counts the
 * examples of a batch. Times, step lengths and coefficients are Java doubles whatever the type of
 * the state, and a step that ends at the end of the interval ends there to the bit.
 *
 * <h2>One solve</h2>
 *
 * <table>
 *   <caption>Who does what</caption>
 *   <tr><th>type</th><th>part</th></tr>
 *   <tr><td>{@link org.anodespark.odelayers.solver.StepMethod}</td><td>takes one {@link org.anodespark.odelayers.solver.Step} from one {@link org.anodespark.odelayers.solver.SolverState} to the next; remembers nothing</td></tr>
 *   <tr><td>{@link org.anodespark.odelayers.solver.StepControl}</td><td>opens, for each solve, a {@link org.anodespark.odelayers.solver.StepSession} that proposes steps and judges them</td></tr>
 *   <tr><td>{@link org.anodespark.odelayers.solver.StepRecorder}</td><td>takes the trial steps, and keeps of them what it wants; an adjoint strategy is one</td></tr>
 *   <tr><td>{@link org.anodespark.odelayers.solver.SolveCounter}</td><td>counts evaluations, products, steps and bytes, around the field and not within the method</td></tr>
 * </table>
 *
 * <p>The loop is: the session proposes a step, the recorder takes it with the method, the session
 * accepts it or not, and so on until a step that ends at the end was accepted. The times between
 * which steps were accepted are a {@link org.anodespark.odelayers.solver.TimeGrid}; {@link
 * org.anodespark.odelayers.solver.InitialValueProblem#on} solves on a grid again, without any
 * control and with the same bits.
 *
 * <p>A {@code SolverState} is y and whatever else its method carries from step to step: a slope
 * that serves again, or a velocity. Its arrays are borrowed from the problem's {@link
 * org.anodespark.odelayers.memory.ArrayPool}; whoever holds a state last gives it back once.
 *
 * <p>A solve that cannot be done throws an {@link
 * org.anodespark.odelayers.failure.OdeSolveException} that names the step. Only the final state is
 * looked at for NaN and infinity; if there are any, the solve is walked through again to say in
 * which step they came up. A failed solve gives its buffers back.
 *
 * <h2>Kinds of methods</h2>
 *
 * <ul>
 *   <li>{@link org.anodespark.odelayers.solver.StepMethod}: every method can {@code advance} over a
 *       step, or {@code record} it on a {@link org.anodespark.odelayers.solver.StepTape}, whose
 *       pullback is the exact discrete adjoint of that step. One with an embedded order estimates
 *       its error too.
 *   <li>{@link org.anodespark.odelayers.solver.DenseStepMethod}: gives the solution between the
 *       ends of a step as well, as a {@link org.anodespark.odelayers.solver.DenseStep}.
 *   <li>{@link org.anodespark.odelayers.solver.InvertibleStepMethod}: can undo a step
 *       algebraically, so that no state has to be kept.
 *   <li>{@link org.anodespark.odelayers.solver.MeasurableStepMethod}: can note the error and the
 *       stiffness of each step in a {@link org.anodespark.odelayers.solver.StepJournal}, and add to
 *       the gradient what a loss of those measures asks for. A journal may also have {@linkplain
 *       org.anodespark.odelayers.solver.StageIntegrand numbers} that are integrated along the
 *       solution by the weights of the method, as an additional state would be, but out of sight of
 *       step control.
 * </ul>
 *
 * <p>{@link org.anodespark.odelayers.solver.rungekutta} has the explicit Runge-Kutta methods, and
 * {@link org.anodespark.odelayers.solver.control} the controls; other packages beside them hold
 * methods of other families.
 *
 * <h2>A method of one's own</h2>
 *
 * <p>Explicit Runge-Kutta methods need no code: {@link
 * org.anodespark.odelayers.solver.rungekutta.CustomRungeKutta} takes the coefficients and proves
 * their order. Any other one implements {@code StepMethod}. The Euler method, by hand:
 *
 * <pre>{@code
 * public final class ForwardEuler implements StepMethod {
 *   public int order() { return 1; }
 *   public int stages() { return 1; }         // evaluations of f in a step
 *   public int tapeArguments() { return 0; }  // f is evaluated at the state itself
 *   public int tapeResults() { return 1; }    // the slope, if products read it
 *
 *   public void advance(VectorField field, Step step, SolverState from, SolverState to,
 *       INDArray error, ArrayPool pool) {
 *     INDArray slope = pool.borrow(from.y().shape());
 *     try {
 *       field.evaluate(step.start(), from.y(), slope);
 *       LinearCombination.assign(
 *           to.y(), from.y(), new double[] {step.length()}, List.of(slope));
 *     } finally {
 *       pool.giveBack(slope);
 *     }
 *   }
 *
 *   public StepTape record(...) {
 *     // the same with field.evaluateAndKeep(...); the tape holds the kept evaluation, and its
 *     // pullback turns lambda into lambda + f_y^T (h lambda)
 *   }
 * }
 * }</pre>
 *
 * <p>Rules: {@code record} leaves the same bits as {@code advance}; times of stages come from
 * {@link org.anodespark.odelayers.solver.Step#time}, so that two steps agree on the time between
 * them; what is borrowed is given back, also when f throws; a method is an immutable bean that
 * Jackson can write and read, equal by value. The abstract tests {@code StepMethodContractTest}
 * (which includes convergence), {@code AdaptiveMethodContractTest} and {@code
 * DenseOutputContractTest} hold a method to all this: a subclass of each names the method, no more.
 *
 * <p>Nothing here knows of DL4J layers or of adjoint strategies.
 */
package org.anodespark.odelayers.solver;
