/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.examples.costs;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.anodespark.odelayers.adjoint.AdjointCost;
import org.anodespark.odelayers.adjoint.AdjointStrategy;
import org.anodespark.odelayers.adjoint.AnodeCheckpoint;
import org.anodespark.odelayers.adjoint.FullStorage;
import org.anodespark.odelayers.adjoint.Interpolated;
import org.anodespark.odelayers.adjoint.OnlineCheckpoint;
import org.anodespark.odelayers.adjoint.ReverseTime;
import org.anodespark.odelayers.adjoint.Reversible;
import org.anodespark.odelayers.adjoint.Revolve;
import org.anodespark.odelayers.adjoint.StepCheckpoint;
import org.anodespark.odelayers.failure.FailureReason;
import org.anodespark.odelayers.failure.OdeSolveException;
import org.anodespark.odelayers.solver.StepMethod;
import org.anodespark.odelayers.solver.control.FixedSteps;

/**
 * Measures the time of a forward and a backward pass and the bytes that are kept for the gradient,
 * for every strategy that works with the method. The strategies take turns in each round, so that a
 * slow moment of the machine meets all of them.
 */
public final class CostExperiment {
  private static final List<AdjointStrategy> STRATEGIES =
      List.of(
          new FullStorage(),
          new AnodeCheckpoint(),
          new StepCheckpoint(),
          new Revolve(4),
          new AnodeCheckpoint(new Revolve(4)),
          new OnlineCheckpoint(4),
          new ReverseTime(),
          new Interpolated(),
          new Reversible());

  private final CostSettings settings;
  private final ConvolutionBlock block;

  /**
   * @param settings what to measure
   */
  public CostExperiment(CostSettings settings) {
    this.settings = settings;
    this.block = new ConvolutionBlock(settings.channels(), settings.size(), settings.batch());
  }

  /** Bytes of one state. */
  public long stateBytes() {
    return block.stateBytes();
  }

  /** Bytes that one kept evaluation holds besides its argument and its result. */
  public long evaluationBytes() {
    return block.evaluationBytes();
  }

  /**
   * Measures everything.
   *
   * @param log gets a line for each method and number of steps
   */
  public List<Measurement> run(PrintStream log) {
    List<Measurement> measurements = new ArrayList<>();
    for (StepMethod method : settings.methods()) {
      for (int steps : settings.steps()) {
        long before = System.nanoTime();
        measurements.addAll(measure(method, steps));
        log.printf(
            Locale.ROOT,
            "%s, N = %d: %.1f s%n",
            method,
            steps,
            (System.nanoTime() - before) * 1e-9);
      }
    }
    return measurements;
  }

  private List<Measurement> measure(StepMethod method, int steps) {
    List<AdjointStrategy> fitting =
        STRATEGIES.stream().filter(strategy -> fits(strategy, method, steps)).toList();
    List<List<Pass>> passes = new ArrayList<>();
    fitting.forEach(ignored -> passes.add(new ArrayList<>()));
    for (int round = -settings.warmUp(); round < settings.repetitions(); round++) {
      for (int i = 0; i < fitting.size(); i++) {
        Pass pass = block.run(fitting.get(i), method, steps);
        if (round >= 0) {
          passes.get(i).add(pass);
        }
      }
    }
    List<Measurement> measurements = new ArrayList<>();
    for (int i = 0; i < fitting.size(); i++) {
      measurements.add(measurement(method, fitting.get(i), steps, passes.get(i)));
    }
    return measurements;
  }

  private static boolean fits(AdjointStrategy strategy, StepMethod method, int steps) {
    try {
      strategy.check(method, new FixedSteps(steps));
      return true;
    } catch (OdeSolveException e) {
      if (e.reason() == FailureReason.UNSUPPORTED_COMBINATION) {
        return false;
      }
      throw e;
    }
  }

  private Measurement measurement(
      StepMethod method, AdjointStrategy strategy, int steps, List<Pass> passes) {
    AdjointCost cost = strategy.cost(steps, method);
    Pass any = passes.get(0);
    return new Measurement(
        method,
        strategy,
        steps,
        any.statistics(),
        cost,
        cost.peak().bytes(block.stateBytes(), block.readsResult(), block.evaluationBytes()),
        any.bytesBetween(),
        median(passes));
  }

  private static double median(List<Pass> passes) {
    double[] sorted = passes.stream().mapToDouble(Pass::seconds).sorted().toArray();
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
