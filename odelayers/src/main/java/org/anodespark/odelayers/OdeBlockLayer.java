/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.anodespark.odelayers.dynamics.LayerStack;
import org.anodespark.odelayers.dynamics.ParameterGradient;
import org.anodespark.odelayers.dynamics.VectorField;
import org.anodespark.odelayers.failure.OdeSolveException;
import org.anodespark.odelayers.layer.BufferedLayer;
import org.anodespark.odelayers.layer.Contiguous;
import org.anodespark.odelayers.memory.ArrayPool;
import org.anodespark.odelayers.regularization.RegularizedSolve;
import org.anodespark.odelayers.solver.InitialValueProblem;
import org.anodespark.odelayers.solver.SolveCounter;
import org.anodespark.odelayers.solver.SolveStatistics;
import org.deeplearning4j.exception.DL4JInvalidConfigException;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Runs an {@link OdeBlock}: the forward pass is a solve, the backward pass is the strategy's.
 *
 * <p>The block's input lives in a DL4J workspace until the backward pass of the same iteration, so
 * a checkpoint of it costs nothing. All other arrays come from the thread's pool; only y(t1) and
 * the gradient of the input are put into DL4J's workspaces.
 */
public class OdeBlockLayer extends LayerBlockLayer<OdeBlock> {
  private static final long serialVersionUID = 1L;

  private final DataType images;

  private final transient ParameterGradient parameterGradient = new ParameterGradient();
  private transient LayerStack stack;
  private transient RegularizedSolve regularized;
  private transient SolveCounter counter = new SolveCounter();
  private transient Double endTimeOfThisRun;

  /** What the regularisers of the latest solve add to the score; 0 in prediction. */
  private transient double penalty;

  OdeBlockLayer(NeuralNetConfiguration configuration, DataType dataType, List<Layer> layers) {
    super(configuration, dataType, layers);
    requireLayersFor(layerConf().getTimeInput());
    images = layerConf().getPrecision().images(dataType);
    if (images != dataType) {
      requireBuffered();
    }
  }

  private void requireBuffered() {
    for (Layer layer : layers) {
      if (!(layer instanceof BufferedLayer)) {
        throw new DL4JInvalidConfigException(
            "OdeBlock \""
                + layerConf().getLayerName()
                + "\": "
                + layer.conf().getLayer().getClass().getSimpleName()
                + " in its dynamics cannot compute in bf16; use layers of this library, or leave"
                + " the precision out.");
      }
    }
  }

  /**
   * Solves to another end time from now on, e.g. to one that is drawn for each iteration.
   *
   * @param time finite, not the start time; NaN for the end time of the configuration again
   * @throws IllegalStateException if the block puts out states at given times
   */
  public void setEndTime(double time) {
    if (layerConf().getOutputTimes().length > 0) {
      throw new IllegalStateException(
          "The block "
              + layerId()
              + " puts out states at given times, so its end time "
              + layerConf().getEndTime()
              + " cannot be set to "
              + time
              + "; configure it without outputTimes.");
    }
    endTimeOfThisRun = Double.isNaN(time) ? null : time;
  }

  /** What the latest solve, and its gradient if it was taken, cost. */
  public SolveStatistics statistics() {
    return counter.statistics();
  }

  @Override
  public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
    assertInputSet(false);
    applyDropOutIfNecessary(training, workspaces);
    closeTrajectory();
    LatestSolve.begin();
    INDArray y0 = Contiguous.of(input, dataType, ArrayType.ACTIVATIONS, workspaces);
    BlockOutput output = output();
    INDArray y1 =
        workspaces.createUninitialized(
            ArrayType.ACTIVATIONS, dataType, output.shape(y0.shape()), 'c');
    counter = new SolveCounter();
    stack = stack(training);
    penalty = 0;
    InitialValueProblem problem = problem();
    try (MemoryWorkspace ignored = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
      if (training) {
        regularized = layerConf().regularization().begin(problem, y0);
        trajectory = output.solve(layerConf().getAdjoint(), regularized.problem(), y0, y1);
        LatestSolve.end(trajectory);
        penalty = regularized.finish(getIterationCount(), getEpochCount(), gradientScale());
      } else {
        output.solve(problem, y0, y1);
        closeTrajectory();
      }
    } catch (OdeSolveException e) {
      closeTrajectory();
      throw e.inBlock(layerConf().getLayerName());
    }
    return y1;
  }

  @Override
  void pullback(INDArray epsilon, INDArray adjoint) {
    parameterGradient.reset();
    trajectory.pullback(epsilon, adjoint);
    regularized.pullback();
    parameterGradient.writeToView();
  }

  /** DL4J adds gradients up over the examples of a minibatch and divides them before the update. */
  private double gradientScale() {
    return conf.isMiniBatch() ? input.size(0) : 1;
  }

  private LayerStack stack(boolean training) {
    ArrayPool pool = ArrayPool.ofCurrentThread(dataType);
    return training
        ? LayerStack.forTraining(layers, parameterGradient, images, pool)
        : LayerStack.forInference(layers, images, pool);
  }

  private InitialValueProblem problem() {
    ArrayPool pool = ArrayPool.ofCurrentThread(dataType);
    OdeBlock block = layerConf();
    VectorField field = block.getTimeInput().field(stack, pool);
    return new InitialValueProblem(
        counter.counting(field),
        block.getSolver(),
        block.getStepControl(),
        block.getStartTime(),
        endTime(),
        counter,
        pool);
  }

  private double endTime() {
    return endTimeOfThisRun == null ? layerConf().getEndTime() : endTimeOfThisRun;
  }

  private BlockOutput output() {
    double[] times = layerConf().getOutputTimes();
    return times.length == 0 ? new FinalState() : new StateSeries(times);
  }

  @Override
  void closeTrajectory() {
    super.closeTrajectory();
    if (regularized != null) {
      regularized.close();
      regularized = null;
    }
    if (stack != null) {
      stack.close();
      stack = null;
    }
  }

  @Override
  void attachGradients(INDArray view, Map<String, INDArray> views) {
    List<INDArray> pseudoGradients = new ArrayList<>();
    views.forEach(
        (parameter, slice) -> {
          if (!updaterDivideByMinibatch(parameter)) {
            pseudoGradients.add(slice);
          }
        });
    parameterGradient.attach(view, pseudoGradients);
  }

  @Override
  public double calcRegularizationScore(boolean backpropParametersOnly) {
    return penalty + super.calcRegularizationScore(backpropParametersOnly);
  }
}
