/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.benchmarks.contender;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.anodespark.benchmarks.problem.Strategies;
import org.anodespark.benchmarks.problem.TrainProblem;
import org.anodespark.benchmarks.process.Ready;
import org.anodespark.benchmarks.process.WorkloadServer;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.lossfunctions.LossFunctions;

/**
 * Trains the network of {@code ResidualOdeNetwork} in Deeplearning4j's own layers, see {@link
 * StockGraph}.
 */
public final class StockNetwork extends NetworkTraining {
  private static final String INPUT = "image";
  private static final String OUTPUT = "classifier";

  /** Serves on the standard streams. */
  public static void main(String[] arguments) throws IOException {
    WorkloadServer.serve(new StockNetwork());
  }

  @Override
  public Ready prepare(TrainProblem problem) {
    String variant = "ComputationGraph";
    train(
        problem,
        new long[] {problem.batch(), TrainProblem.COLOURS, TrainProblem.SIZE, TrainProblem.SIZE},
        Map.of(variant, network(problem)));
    return new Ready(
        "Deeplearning4j's own layers", List.of(new Ready.Variant(variant, Strategies.STORED)));
  }

  private static ComputationGraph network(TrainProblem problem) {
    GraphBuilder graph =
        base()
            .weightInit(WeightInit.RELU)
            .graphBuilder()
            .addInputs(INPUT)
            .setInputTypes(
                InputType.convolutional(
                    TrainProblem.SIZE, TrainProblem.SIZE, TrainProblem.COLOURS, CNN2DFormat.NCHW));
    String last = INPUT;
    for (int stage = 0; stage < problem.widths().size(); stage++) {
      int width = problem.widths().get(stage);
      last =
          StockGraph.chain(
              graph,
              "entry" + stage,
              last,
              List.of(
                  StockGraph.convolution(width, stage == 0 ? 1 : 2, false),
                  StockGraph.batchNorm(),
                  StockGraph.rectifier()));
      last =
          StockGraph.eulerSteps(
              graph,
              "block" + stage,
              last,
              problem.steps(),
              List.of(
                  StockGraph.convolution(width, 1, true),
                  StockGraph.rectifier(),
                  StockGraph.convolution(width, 1, true)));
    }
    return new ComputationGraph(
        graph
            .addLayer("pool", new GlobalPoolingLayer(PoolingType.AVG), last)
            .addLayer(
                OUTPUT,
                new OutputLayer.Builder(LossFunctions.LossFunction.MCXENT)
                    .activation(Activation.SOFTMAX)
                    .nOut(TrainProblem.CLASSES)
                    .build(),
                "pool")
            .setOutputs(OUTPUT)
            .build());
  }
}
