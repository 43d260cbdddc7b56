/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.examples.costs;

import java.util.Arrays;
import java.util.List;
import org.anodespark.odelayers.adjoint.AdjointStrategy;
import org.anodespark.odelayers.adjoint.Trajectory;
import org.anodespark.odelayers.dynamics.KeptEvaluation;
import org.anodespark.odelayers.dynamics.LayerStack;
import org.anodespark.odelayers.dynamics.ParameterGradient;
import org.anodespark.odelayers.dynamics.VectorField;
import org.anodespark.odelayers.layer.ChannelsLastConvolution;
import org.anodespark.odelayers.memory.ArrayPool;
import org.anodespark.odelayers.solver.InitialValueProblem;
import org.anodespark.odelayers.solver.SolveCounter;
import org.anodespark.odelayers.solver.StepMethod;
import org.anodespark.odelayers.solver.control.FixedSteps;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A block whose dynamics are two 3 x 3 convolutions with a ReLU between them, in single precision,
 * without the network around it: the field is solved and differentiated directly.
 */
final class ConvolutionBlock {
  private static final long SEED = 1;

  private final ArrayPool pool = new ArrayPool(DataType.FLOAT);
  private final ParameterGradient parameterGradient = new ParameterGradient();
  private final VectorField field;
  private final INDArray start;
  private final INDArray end;
  private final INDArray adjoint;

  ConvolutionBlock(int channels, int size, int batch) {
    MultiLayerNetwork layers = layers(channels, size);
    parameterGradient.attach(layers.getFlattenedGradients(), List.of());
    field = LayerStack.forTraining(Arrays.asList(layers.getLayers()), parameterGradient, pool);
    Nd4j.getRandom().setSeed(SEED);
    start = Nd4j.randn(DataType.FLOAT, batch, size, size, channels);
    end = start.ulike();
    adjoint = start.ulike();
  }

  private static MultiLayerNetwork layers(int channels, int size) {
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .seed(SEED)
                .dataType(DataType.FLOAT)
                .list()
                .layer(convolution(channels, Activation.RELU))
                .layer(convolution(channels, Activation.IDENTITY))
                .setInputType(InputType.convolutional(size, size, channels, CNN2DFormat.NHWC))
                .build());
    network.init();
    network.initGradientsView();
    return network;
  }

  private static ChannelsLastConvolution convolution(int channels, Activation activation) {
    return new ChannelsLastConvolution.Builder(3, 3).nOut(channels).activation(activation).build();
  }

  /** Bytes of one state. */
  long stateBytes() {
    return ArrayPool.bytes(start);
  }

  /** Bytes that one kept evaluation holds besides its argument and its result. */
  long evaluationBytes() {
    try (KeptEvaluation kept = field.evaluateAndKeep(0, start, end)) {
      return kept.keptBytes();
    }
  }

  /** Whether products with the Jacobian read the result of their evaluation. */
  boolean readsResult() {
    try (KeptEvaluation kept = field.evaluateAndKeep(0, start, end)) {
      return kept.readsResult();
    }
  }

  /** One forward and one backward pass. */
  Pass run(AdjointStrategy strategy, StepMethod method, int steps) {
    SolveCounter counter = new SolveCounter();
    InitialValueProblem problem =
        new InitialValueProblem(
            counter.counting(field), method, new FixedSteps(steps), 0, 1, counter, pool);
    parameterGradient.reset();
    adjoint.assign(1.0);
    long before = System.nanoTime();
    long keptBetween;
    try (Trajectory trajectory = strategy.solve(problem, start, end)) {
      keptBetween = counter.savedBytes();
      trajectory.pullback(adjoint);
    }
    double seconds = (System.nanoTime() - before) * 1e-9;
    return new Pass(counter.statistics(), keptBetween, seconds);
  }
}
