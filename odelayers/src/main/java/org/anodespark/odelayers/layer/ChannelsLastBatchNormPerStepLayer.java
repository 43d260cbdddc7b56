/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.layer;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleToIntFunction;
import org.anodespark.odelayers.memory.ArrayPool;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Runs a {@link ChannelsLastBatchNormPerStep}. */
public class ChannelsLastBatchNormPerStepLayer extends ChannelsLastBatchNormLayer
    implements TimedLayer {
  private static final long serialVersionUID = 1L;

  /** Of the latest backward pass. */
  private transient int latestStep;

  ChannelsLastBatchNormPerStepLayer(NeuralNetConfiguration configuration, DataType dataType) {
    super(configuration, dataType);
  }

  private ChannelsLastBatchNormPerStep bean() {
    return (ChannelsLastBatchNormPerStep) layerConf();
  }

  @Override
  public LayerPasses passes(ArrayPool pool) {
    return new OfOneStep(0, pool);
  }

  @Override
  public TimedPasses timedPasses(ArrayPool pool) {
    List<LayerPasses> steps = new ArrayList<>();
    for (int step = 0; step < bean().getSteps(); step++) {
      steps.add(new OfOneStep(step, pool));
    }
    ChannelsLastBatchNormPerStep bean = bean();
    return new OfAllSteps(steps, bean::step, bean::stepBefore);
  }

  @Override
  public boolean hasWritten(String parameter) {
    return BatchNormPerStepParameters.step(parameter) == latestStep;
  }

  @Override
  public boolean updaterDivideByMinibatch(String parameter) {
    return super.updaterDivideByMinibatch(BatchNormPerStepParameters.kind(parameter));
  }

  /**
   * Passes of the step at each time.
   *
   * @param steps in their order
   * @param stepAt the index of one
   * @param stepBackwards the same for a solve backwards
   */
  private record OfAllSteps(
      List<LayerPasses> steps, DoubleToIntFunction stepAt, DoubleToIntFunction stepBackwards)
      implements TimedPasses {

    @Override
    public LayerPasses at(double time) {
      return steps.get(stepAt.applyAsInt(time));
    }

    @Override
    public TimedPasses backwards() {
      return new OfAllSteps(steps, stepBackwards, stepAt);
    }

    @Override
    public void writeObserved() {
      steps.forEach(LayerPasses::writeObserved);
    }

    @Override
    public void close() {
      // parameters are read where they are
    }
  }

  /** Passes whose gradients of the other steps are zero. */
  private final class OfOneStep implements LayerPasses {
    private final int step;
    private final LayerPasses passes;

    OfOneStep(int step, ArrayPool pool) {
      this.step = step;
      passes = passes(String.valueOf(step), pool);
    }

    @Override
    public void forward(INDArray x, INDArray y, INDArray statistics, boolean training) {
      passes.forward(x, y, statistics, training);
    }

    @Override
    public void observe(INDArray statistics) {
      passes.observe(statistics);
    }

    @Override
    public void writeObserved() {
      passes.writeObserved();
    }

    @Override
    public void pushforward(INDArray x, INDArray y, INDArray statistics, INDArray dx, INDArray dy) {
      passes.pushforward(x, y, statistics, dx, dy);
    }

    @Override
    public void backward(
        INDArray x,
        INDArray y,
        INDArray statistics,
        INDArray dy,
        INDArray dx,
        boolean ofParameters) {
      gradientViews.values().forEach(view -> view.assign(0.0));
      passes.backward(x, y, statistics, dy, dx, ofParameters);
      latestStep = step;
    }
  }
}
