/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.benchmarks.contender;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.anodespark.benchmarks.problem.Precision;
import org.anodespark.benchmarks.problem.Strategies;
import org.anodespark.benchmarks.problem.TrainProblem;
import org.anodespark.benchmarks.process.Ready;
import org.anodespark.benchmarks.process.WorkloadServer;
import org.anodespark.odelayers.network.FieldNormalization;
import org.anodespark.odelayers.network.Normalization;
import org.anodespark.odelayers.network.OdeBlockSettings;
import org.anodespark.odelayers.network.ResidualOdeNetwork;
import org.anodespark.odelayers.solver.control.FixedSteps;
import org.anodespark.odelayers.solver.rungekutta.Euler;
import org.deeplearning4j.nn.graph.ComputationGraph;

/** Trains a {@link ResidualOdeNetwork}. */
public final class OdelayersNetwork extends NetworkTraining {
  private static final double BATCH_NORM_DECAY = 0.9;

  /** Serves on the standard streams. */
  public static void main(String[] arguments) throws IOException {
    WorkloadServer.serve(new OdelayersNetwork());
  }

  @Override
  public Ready prepare(TrainProblem problem) {
    Map<String, ComputationGraph> networks = new LinkedHashMap<>();
    List<Ready.Variant> variants = new ArrayList<>();
    for (Precision precision : Precision.values()) {
      for (String strategy : List.of(Strategies.CHECKPOINTED, Strategies.STORED)) {
        String name = strategy + ", " + precision;
        networks.put(name, network(problem, strategy, precision));
        variants.add(new Ready.Variant(name, strategy, precision));
      }
    }
    train(
        problem,
        new long[] {problem.batch(), TrainProblem.SIZE, TrainProblem.SIZE, TrainProblem.COLOURS},
        networks);
    return new Ready("odelayers", variants);
  }

  private static ComputationGraph network(
      TrainProblem problem, String strategy, Precision precision) {
    return new ComputationGraph(
        new ResidualOdeNetwork(
                problem.widths(),
                1,
                new Normalization(FieldNormalization.NONE, BATCH_NORM_DECAY),
                new OdeBlockSettings(
                    new Euler(),
                    new FixedSteps(problem.steps()),
                    Strategies.of(strategy),
                    List.of(),
                    precision.ofLayers()))
            .configure(
                base(),
                TrainProblem.SIZE,
                TrainProblem.SIZE,
                TrainProblem.COLOURS,
                TrainProblem.CLASSES));
  }
}
