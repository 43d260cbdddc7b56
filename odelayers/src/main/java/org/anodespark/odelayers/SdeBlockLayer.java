/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.anodespark.odelayers.dynamics.KeptEvaluation;
import org.anodespark.odelayers.dynamics.LayerStack;
import org.anodespark.odelayers.dynamics.ParameterGradient;
import org.anodespark.odelayers.dynamics.PseudoGradient;
import org.anodespark.odelayers.dynamics.VectorField;
import org.anodespark.odelayers.kernel.LinearCombination;
import org.anodespark.odelayers.memory.ArrayPool;
import org.anodespark.odelayers.solver.StepControl;
import org.anodespark.odelayers.stochastic.StochasticProblem;
import org.anodespark.odelayers.stochastic.StochasticStatistics;
import org.anodespark.odelayers.stochastic.StochasticSteps;
import org.anodespark.odelayers.stochastic.noise.BrownianPath;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Runs an {@link SdeBlock}: in training a solve along one path, whose backward pass is the
 * strategy's; in prediction the mean of several, or a solve without noise.
 */
public class SdeBlockLayer extends LayerBlockLayer<SdeBlock> {
  private static final long serialVersionUID = 1L;

  private final transient ParameterGradient driftGradient = new ParameterGradient();
  private final transient ParameterGradient diffusionGradient = new ParameterGradient();
  private transient StochasticProblem problem;
  private transient StochasticStatistics statistics;

  SdeBlockLayer(NeuralNetConfiguration configuration, DataType dataType, List<Layer> layers) {
    super(configuration, dataType, layers);
    requireLayersForTimeInput();
  }

  /**
   * What the latest training pass, and its gradient if it was taken, or the solves of the latest
   * prediction together have cost.
   *
   * @throws IllegalStateException if there was none
   */
  public StochasticStatistics statistics() {
    if (problem != null) {
      return problem.statistics();
    }
    if (statistics == null) {
      throw new IllegalStateException(
          "No solve to report on in " + layerId() + ": activate the network first.");
    }
    return statistics;
  }

  @Override
  List<ParameterGradient> parameterGradients() {
    return List.of(driftGradient, diffusionGradient);
  }

  @Override
  void train(INDArray u0, INDArray u1) {
    ArrayPool pool = ArrayPool.ofCurrentThread(dataType);
    int drifts = layerConf().getDrift().size();
    LayerStack drift = LayerStack.forTraining(layers.subList(0, drifts), driftGradient, pool);
    LayerStack diffusion =
        LayerStack.forTraining(layers.subList(drifts, layers.size()), diffusionGradient, pool);
    use(drift, diffusion);
    long seed = Nd4j.getRandom().nextLong();
    problem = problem(field(drift), field(diffusion), stepControl(true), seed, u0.length());
    solveInTraining(problem.alongPath(), u0, u1);
  }

  @Override
  void predict(INDArray u0, INDArray u1) {
    ArrayPool pool = ArrayPool.ofCurrentThread(dataType);
    int drifts = layerConf().getDrift().size();
    LayerStack drift = LayerStack.forInference(layers.subList(0, drifts), pool);
    LayerStack diffusion = LayerStack.forInference(layers.subList(drifts, layers.size()), pool);
    use(drift, diffusion);
    problem = null;
    statistics = null;
    int paths = layerConf().getPaths();
    if (paths == 0) {
      predict(problem(field(drift), new NoDiffusion(), stepControl(false), 0, u0.length()), u0, u1);
      return;
    }
    INDArray end = pool.borrow(u1.shape());
    try {
      u1.assign(0.0);
      for (int i = 0; i < paths; i++) {
        long seed = layerConf().getPredictionSeed() + i;
        predict(
            problem(field(drift), field(diffusion), stepControl(false), seed, u0.length()),
            u0,
            end);
        LinearCombination.add(u1, 1.0 / paths, end);
      }
    } finally {
      pool.giveBack(end);
    }
  }

  private void predict(StochasticProblem alongOnePath, INDArray u0, INDArray u1) {
    output().solve(alongOnePath.alongPath(), u0, u1);
    StochasticStatistics cost = alongOnePath.statistics();
    statistics = statistics == null ? cost : statistics.plus(cost);
  }

  private VectorField field(LayerStack stack) {
    return layerConf().getTimeInput().field(stack, ArrayPool.ofCurrentThread(dataType));
  }

  private StochasticProblem problem(
      VectorField drift, VectorField diffusion, StepControl control, long seed, long entries) {
    SdeBlock block = layerConf();
    double[] times = block.getOutputTimes();
    double[] ends = times.length == 0 ? new double[] {block.getEndTime()} : times;
    return new StochasticProblem(
        drift,
        diffusion,
        block.getSolver(),
        control,
        new BrownianPath(seed, StochasticSteps.cells(control, block.getStartTime(), ends), entries),
        ArrayPool.ofCurrentThread(dataType));
  }

  @Override
  void attachGradients(INDArray view, Map<String, INDArray> views) {
    int drifts = layerConf().getDrift().size();
    long ofDrift = 0;
    List<PseudoGradient> pseudoOfDrift = new ArrayList<>();
    List<PseudoGradient> pseudoOfDiffusion = new ArrayList<>();
    for (Map.Entry<String, INDArray> entry : views.entrySet()) {
      boolean drift = LayerBlockParameters.layerIndex(entry.getKey()) < drifts;
      ofDrift += drift ? entry.getValue().length() : 0;
      pseudoGradient(entry.getKey(), entry.getValue())
          .ifPresent((drift ? pseudoOfDrift : pseudoOfDiffusion)::add);
    }
    attach(driftGradient, view, 0, ofDrift, pseudoOfDrift);
    attach(diffusionGradient, view, ofDrift, view.length(), pseudoOfDiffusion);
  }

  private static void attach(
      ParameterGradient gradient,
      INDArray view,
      long start,
      long end,
      List<PseudoGradient> pseudo) {
    if (start < end) {
      INDArray flat = view.reshape(view.length());
      gradient.attach(flat.get(NDArrayIndex.interval(start, end)), pseudo);
    }
  }

  /** g = 0. */
  private static final class NoDiffusion implements VectorField {
    @Override
    public void evaluate(double t, INDArray u, INDArray out) {
      out.assign(0.0);
    }

    @Override
    public KeptEvaluation evaluateAndKeep(double t, INDArray u, INDArray out) {
      throw new UnsupportedOperationException("Predictions are not differentiated.");
    }
  }
}
