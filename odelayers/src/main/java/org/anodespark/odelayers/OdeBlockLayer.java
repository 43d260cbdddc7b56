/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.anodespark.odelayers.adjoint.Exactness;
import org.anodespark.odelayers.dynamics.LayerStack;
import org.anodespark.odelayers.dynamics.ParameterGradient;
import org.anodespark.odelayers.dynamics.PseudoGradient;
import org.anodespark.odelayers.dynamics.VectorField;
import org.anodespark.odelayers.layer.BufferedLayer;
import org.anodespark.odelayers.memory.ArrayPool;
import org.anodespark.odelayers.solver.InitialValueProblem;
import org.anodespark.odelayers.solver.SolveCounter;
import org.anodespark.odelayers.solver.SolveStatistics;
import org.anodespark.odelayers.solver.StepControl;
import org.deeplearning4j.exception.DL4JInvalidConfigException;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Runs an {@link OdeBlock}. */
public class OdeBlockLayer extends LayerBlockLayer<OdeBlock> {
  private static final long serialVersionUID = 1L;

  private final DataType images;

  private final transient ParameterGradient parameterGradient = new ParameterGradient();
  private transient SolveCounter counter = new SolveCounter();
  private transient Double endTimeOfThisRun;

  OdeBlockLayer(NeuralNetConfiguration configuration, DataType dataType, List<Layer> layers) {
    super(configuration, dataType, layers);
    requireLayersForTimeInput();
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
  List<ParameterGradient> parameterGradients() {
    return List.of(parameterGradient);
  }

  @Override
  void train(INDArray y0, INDArray y1) {
    ArrayPool pool = ArrayPool.ofCurrentThread(dataType);
    LayerStack stack = LayerStack.forTraining(layers, parameterGradient, images, pool);
    if (layerConf().getAdjoint().exactness() == Exactness.APPROXIMATE) {
      stack.observeEvaluations();
    }
    solveInTraining(problem(stack, stepControl(true)), y0, y1);
  }

  @Override
  void predict(INDArray y0, INDArray y1) {
    ArrayPool pool = ArrayPool.ofCurrentThread(dataType);
    output()
        .solve(problem(LayerStack.forInference(layers, images, pool), stepControl(false)), y0, y1);
  }

  private InitialValueProblem problem(LayerStack stack, StepControl control) {
    use(stack);
    counter = new SolveCounter();
    ArrayPool pool = ArrayPool.ofCurrentThread(dataType);
    OdeBlock block = layerConf();
    VectorField field = block.getTimeInput().field(stack, pool);
    return new InitialValueProblem(
        counter.counting(field),
        block.getSolver(),
        control,
        block.getStartTime(),
        endTime(),
        counter,
        pool);
  }

  private double endTime() {
    return endTimeOfThisRun == null ? layerConf().getEndTime() : endTimeOfThisRun;
  }

  @Override
  void attachGradients(INDArray view, Map<String, INDArray> views) {
    List<PseudoGradient> pseudoGradients = new ArrayList<>();
    views.forEach(
        (parameter, slice) -> pseudoGradient(parameter, slice).ifPresent(pseudoGradients::add));
    parameterGradient.attach(view, pseudoGradients);
  }
}
