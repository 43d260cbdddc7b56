/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.benchmarks.contender;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.anodespark.benchmarks.problem.BlockMethod;
import org.anodespark.benchmarks.problem.BlockProblem;
import org.anodespark.benchmarks.problem.Facts;
import org.anodespark.benchmarks.problem.Precision;
import org.anodespark.benchmarks.problem.Strategies;
import org.anodespark.benchmarks.problem.TestPattern;
import org.anodespark.benchmarks.process.Ready;
import org.anodespark.benchmarks.process.Workload;
import org.anodespark.benchmarks.process.WorkloadServer;
import org.anodespark.odelayers.OdeBlock;
import org.anodespark.odelayers.OdeBlockLayer;
import org.anodespark.odelayers.adjoint.AdjointStrategy;
import org.anodespark.odelayers.layer.ChannelsLastBatchNorm;
import org.anodespark.odelayers.layer.ChannelsLastConvolution;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.memory.conf.WorkspaceConfiguration;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The block as an {@link OdeBlock}, one variant for each adjoint strategy. The layer is called as
 * DL4J's networks call it in training, its output and the gradient of its input in a workspace.
 */
public final class OdelayersBlock implements Workload<BlockProblem> {
  private static final String[] WEIGHTS = {"0.W", "2.W"};
  private static final String DIFFERENTIATED_FIRST =
      Strategies.CHECKPOINTED + ", differentiated first";
  private static final BlockProblem SMALLEST = new BlockProblem(1, 2, 2, 1, BlockMethod.EULER);

  private final LayerWorkspaceMgr workspaces =
      LayerWorkspaceMgr.builder()
          .defaultWorkspace("BLOCK", WorkspaceConfiguration.builder().build())
          .build();
  private final Map<String, OdeBlockLayer> layers = new LinkedHashMap<>();
  private OdeBlockLayer follower;
  private INDArray smallInput;
  private INDArray input;
  private INDArray ones;

  /** Serves on the standard streams. */
  public static void main(String[] arguments) throws IOException {
    WorkloadServer.serve(new OdelayersBlock());
  }

  @Override
  public Class<BlockProblem> problemType() {
    return BlockProblem.class;
  }

  @Override
  public Ready prepare(BlockProblem problem) {
    layers.clear();
    int n = problem.batch();
    int c = problem.channels();
    int h = problem.size();
    input =
        Nd4j.create(TestPattern.input(problem), new long[] {n, c, h, h}, DataType.FLOAT)
            .permute(0, 2, 3, 1)
            .dup('c');
    ones = Nd4j.ones(DataType.FLOAT, n, h, h, c);
    follower = layer(SMALLEST, Strategies.of(Strategies.STORED), Precision.FLOAT32);
    smallInput =
        Nd4j.ones(
            DataType.FLOAT,
            SMALLEST.batch(),
            SMALLEST.size(),
            SMALLEST.size(),
            SMALLEST.channels());
    List<Ready.Variant> variants = new ArrayList<>();
    for (String name : Strategies.names()) {
      variants.add(variant(problem, name, name, Precision.FLOAT32));
    }
    variants.add(variant(problem, DIFFERENTIATED_FIRST, Strategies.STORED, Precision.FLOAT32));
    for (String name : List.of(Strategies.STORED, Strategies.CHECKPOINTED)) {
      variants.add(variant(problem, name + ", bf16", name, Precision.BFLOAT16));
    }
    return new Ready("odelayers", variants);
  }

  private Ready.Variant variant(
      BlockProblem problem, String name, String work, Precision precision) {
    String strategy = name.equals(DIFFERENTIATED_FIRST) ? Strategies.CHECKPOINTED : work;
    layers.put(name, layer(problem, Strategies.of(strategy), precision));
    return new Ready.Variant(name, work, precision);
  }

  private static OdeBlockLayer layer(
      BlockProblem problem, AdjointStrategy strategy, Precision precision) {
    int c = problem.channels();
    OdeBlock block =
        new OdeBlock.Builder()
            .dynamics(convolution(c), batchNorm(), convolution(c), batchNorm())
            .solver(problem.method().method())
            .steps(problem.steps())
            .adjoint(strategy)
            .precision(precision.ofLayers())
            .build();
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .dataType(DataType.FLOAT)
                .list()
                .layer(block)
                .setInputType(
                    InputType.convolutional(problem.size(), problem.size(), c, CNN2DFormat.NHWC))
                .build());
    network.init();
    network.initGradientsView();
    OdeBlockLayer layer = (OdeBlockLayer) network.getLayer(0);
    for (int i = 0; i < WEIGHTS.length; i++) {
      layer
          .getParam(WEIGHTS[i])
          .assign(
              Nd4j.create(
                  TestPattern.weights(problem, i), new long[] {c, c, 3, 3}, DataType.FLOAT));
    }
    return layer;
  }

  private static ChannelsLastConvolution convolution(int channels) {
    return new ChannelsLastConvolution.Builder(3, 3).nOut(channels).hasBias(false).build();
  }

  private static ChannelsLastBatchNorm batchNorm() {
    return new ChannelsLastBatchNorm.Builder().activation(Activation.RELU).build();
  }

  @Override
  public Map<String, Double> facts(String variant) {
    OdeBlockLayer layer = layers.get(variant);
    boolean followed = !variant.equals(DIFFERENTIATED_FIRST);
    try (MemoryWorkspace ignored = workspaces.notifyScopeEntered(ArrayType.ACTIVATIONS)) {
      INDArray output = forward(layer, followed);
      double outputNorm = output.norm2Number().doubleValue();
      Pair<Gradient, INDArray> gradients = layer.backpropGradient(ones, workspaces);
      return Map.of(
          Facts.OUTPUT_NORM,
          outputNorm,
          Facts.INPUT_GRADIENT_NORM,
          gradients.getSecond().norm2Number().doubleValue(),
          Facts.WEIGHT_GRADIENT_NORM,
          Math.hypot(
              norm(gradients.getFirst(), WEIGHTS[0]), norm(gradients.getFirst(), WEIGHTS[1])),
          Facts.PEAK_SAVED_BYTES,
          (double) layer.statistics().peakSavedBytes());
    }
  }

  private static double norm(Gradient gradient, String parameter) {
    return gradient.getGradientFor(parameter).norm2Number().doubleValue();
  }

  @Override
  public double run(String variant) {
    OdeBlockLayer layer = layers.get(variant);
    boolean followed = !variant.equals(DIFFERENTIATED_FIRST);
    long before = System.nanoTime();
    try (MemoryWorkspace ignored = workspaces.notifyScopeEntered(ArrayType.ACTIVATIONS)) {
      forward(layer, followed);
      layer.backpropGradient(ones, workspaces);
    }
    return (System.nanoTime() - before) * 1e-9;
  }

  /** With a block of a few numbers behind it, as if it were not the last block of its network. */
  private INDArray forward(OdeBlockLayer layer, boolean followed) {
    layer.setInput(input, workspaces);
    INDArray output = layer.activate(true, workspaces);
    if (followed) {
      follower.setInput(smallInput, workspaces);
      follower.activate(true, workspaces);
    }
    return output;
  }
}
