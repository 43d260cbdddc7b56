/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.benchmarks.contender;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.anodespark.benchmarks.problem.BlockMethod;
import org.anodespark.benchmarks.problem.BlockProblem;
import org.anodespark.benchmarks.problem.Facts;
import org.anodespark.benchmarks.problem.Strategies;
import org.anodespark.benchmarks.problem.TestPattern;
import org.anodespark.benchmarks.process.Ready;
import org.anodespark.benchmarks.process.Unavailable;
import org.anodespark.benchmarks.process.Workload;
import org.anodespark.benchmarks.process.WorkloadServer;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.LossFunctions;

/**
 * The block in Deeplearning4j's own layers, see {@link StockGraph}. DL4J computes gradients from a
 * loss only: behind the block everything is summed up, which costs a pass over the output and one
 * over its gradient beside the dozens in the block.
 */
public final class StockBlock implements Workload<BlockProblem> {
  private static final String INPUT = "input";
  private static final String[] CONVOLUTIONS = {"-0_W", "-3_W"};

  private ComputationGraph graph;
  private INDArray input;
  private INDArray labels;
  private int steps;

  /** Serves on the standard streams. */
  public static void main(String[] arguments) throws IOException {
    WorkloadServer.serve(new StockBlock());
  }

  @Override
  public Class<BlockProblem> problemType() {
    return BlockProblem.class;
  }

  @Override
  public Ready prepare(BlockProblem problem) throws Unavailable {
    if (problem.method() != BlockMethod.EULER) {
      throw new Unavailable("Deeplearning4j's own layers are unrolled for Euler's method only.");
    }
    int n = problem.batch();
    int c = problem.channels();
    int h = problem.size();
    steps = problem.steps();
    input = Nd4j.create(TestPattern.input(problem), new long[] {n, c, h, h}, DataType.FLOAT);
    // the loss is the mean over the channels of label times sum over the pixels
    labels = Nd4j.valueArrayOf(new long[] {n, c}, (double) c, DataType.FLOAT);
    graph = graph(problem);
    for (int step = 0; step < steps; step++) {
      for (int i = 0; i < CONVOLUTIONS.length; i++) {
        graph
            .getParam("block-step" + step + CONVOLUTIONS[i])
            .assign(
                Nd4j.create(
                    TestPattern.weights(problem, i), new long[] {c, c, 3, 3}, DataType.FLOAT));
      }
    }
    return new Ready(
        "Deeplearning4j's own layers",
        List.of(new Ready.Variant("ComputationGraph", Strategies.STORED)));
  }

  private static ComputationGraph graph(BlockProblem problem) {
    GraphBuilder builder =
        new NeuralNetConfiguration.Builder()
            .dataType(DataType.FLOAT)
            .graphBuilder()
            .addInputs(INPUT)
            .setInputTypes(
                InputType.convolutional(
                    problem.size(), problem.size(), problem.channels(), CNN2DFormat.NCHW));
    String end =
        StockGraph.eulerSteps(
            builder,
            "block",
            INPUT,
            problem.steps(),
            List.of(
                StockGraph.convolution(problem.channels(), 1, false),
                StockGraph.batchNorm(),
                StockGraph.rectifier(),
                StockGraph.convolution(problem.channels(), 1, false),
                StockGraph.batchNorm(),
                StockGraph.rectifier()));
    ComputationGraph graph =
        new ComputationGraph(
            builder
                .addLayer("sum", new GlobalPoolingLayer(PoolingType.SUM), end)
                .addLayer(
                    "loss",
                    new LossLayer.Builder(LossFunctions.LossFunction.WASSERSTEIN)
                        .activation(Activation.IDENTITY)
                        .build(),
                    "sum")
                .setOutputs("loss")
                .build());
    graph.init();
    graph.initGradientsView();
    return graph;
  }

  /** The gradient of the input is not among them: DL4J does not hand it out. */
  @Override
  public Map<String, Double> facts(String variant) {
    run(variant);
    Gradient gradient = graph.gradient();
    double squares = 0;
    for (String convolution : CONVOLUTIONS) {
      // the layers of all steps stand for one
      INDArray sum = gradient.getGradientFor("block-step0" + convolution).dup();
      for (int step = 1; step < steps; step++) {
        sum.addi(gradient.getGradientFor("block-step" + step + convolution));
      }
      squares += Math.pow(sum.norm2Number().doubleValue(), 2);
    }
    INDArray output = graph.feedForward(input, true).get("block-state" + steps);
    return Map.of(
        Facts.OUTPUT_NORM,
        output.norm2Number().doubleValue(),
        Facts.WEIGHT_GRADIENT_NORM,
        Math.sqrt(squares));
  }

  @Override
  public double run(String variant) {
    long before = System.nanoTime();
    graph.setInputs(input);
    graph.setLabels(labels);
    graph.computeGradientAndScore();
    return (System.nanoTime() - before) * 1e-9;
  }
}
