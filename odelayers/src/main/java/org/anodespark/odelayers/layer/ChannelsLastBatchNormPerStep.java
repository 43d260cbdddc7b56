/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.layer;

import java.util.Collection;
import java.util.Objects;
import org.deeplearning4j.exception.DL4JInvalidConfigException;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.ParamInitializer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.LayerValidation;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.IUpdater;

/**
 * A {@link ChannelsLastBatchNorm} for each of n equal parts of a time interval, for the field of an
 * ODE block that takes n equal steps: every step has scales, shifts and running statistics of its
 * own, as the layers of a residual network have. A single batch norm for all times would predict by
 * averages over all steps, which fit none of them.
 *
 * <p>A stage at the very end of a step, such as the last one of the classical Runge-Kutta method,
 * belongs to the next step, but that of the last step to the last; for a solve backwards, such as
 * that of {@code ReverseTime}, it is the other way round. The interval is that of the block, [0, 1]
 * by default. Parameters are {@code gamma0, beta0, mean0, var0, gamma1, ...}, 4 n C for C channels,
 * of which 2 n C are learned.
 */
public class ChannelsLastBatchNormPerStep extends ChannelsLastBatchNorm {
  private static final long serialVersionUID = 1L;

  /** Of a step. */
  private static final double ROUNDING = 1e-9;

  private int steps = 1;
  private double startTime;
  private double endTime = 1.0;

  /** For JSON; a {@link Builder} makes one otherwise. */
  public ChannelsLastBatchNormPerStep() {}

  /** Number of steps, at least 1. */
  public int getSteps() {
    return steps;
  }

  public void setSteps(int steps) {
    this.steps = steps;
  }

  public double getStartTime() {
    return startTime;
  }

  public void setStartTime(double startTime) {
    this.startTime = startTime;
  }

  public double getEndTime() {
    return endTime;
  }

  public void setEndTime(double endTime) {
    this.endTime = endTime;
  }

  /** The step to which a time belongs, from 0 to n - 1; at the grid the one that begins there. */
  int step(double time) {
    // sums of step lengths miss the grid by rounding
    return clipped(Math.floor(position(time) + ROUNDING));
  }

  /** As {@link #step}; at the grid the one that ends there. */
  int stepBefore(double time) {
    return clipped(Math.ceil(position(time) - ROUNDING) - 1);
  }

  private double position(double time) {
    return steps * (time - startTime) / (endTime - startTime);
  }

  private int clipped(double step) {
    return (int) Math.min(steps - 1, Math.max(0, step));
  }

  @Override
  public Layer instantiate(
      NeuralNetConfiguration configuration,
      Collection<TrainingListener> listeners,
      int layerIndex,
      INDArray parameters,
      boolean initializeParameters,
      DataType dataType) {
    LayerValidation.assertNOutSet(
        "ChannelsLastBatchNormPerStep", getLayerName(), layerIndex, getNOut());
    return AbstractBufferedLayer.initialise(
        new ChannelsLastBatchNormPerStepLayer(configuration, dataType),
        listeners,
        layerIndex,
        parameters,
        initializeParameters);
  }

  @Override
  public ParamInitializer initializer() {
    return BatchNormPerStepParameters.INSTANCE;
  }

  @Override
  public IUpdater getUpdaterByParam(String parameter) {
    return super.getUpdaterByParam(BatchNormPerStepParameters.kind(parameter));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ChannelsLastBatchNormPerStep that
        && super.equals(that)
        && steps == that.steps
        && startTime == that.startTime
        && endTime == that.endTime;
  }

  @Override
  public int hashCode() {
    return Objects.hash(super.hashCode(), steps, startTime, endTime);
  }

  /** Builds the layer. */
  @SuppressWarnings("unchecked") // DL4J declares build() with a type parameter of its own
  public static class Builder extends ChannelsLastBatchNorm.Builder {
    private final int steps;
    private double startTime;
    private double endTime = 1.0;

    /**
     * @param steps equal steps of the block, at least 1
     */
    public Builder(int steps) {
      this.steps = steps;
    }

    /** The interval of the block; [0, 1] by default. */
    public Builder interval(double startTime, double endTime) {
      this.startTime = startTime;
      this.endTime = endTime;
      return this;
    }

    @Override
    public Builder activation(IActivation activation) {
      super.activation(activation);
      return this;
    }

    @Override
    public Builder activation(Activation activation) {
      super.activation(activation);
      return this;
    }

    @Override
    public Builder decay(double decay) {
      super.decay(decay);
      return this;
    }

    /**
     * Builds the layer.
     *
     * @throws DL4JInvalidConfigException as that of {@link ChannelsLastBatchNorm.Builder}; without
     *     a step; if the interval is empty or not finite
     */
    @Override
    public ChannelsLastBatchNormPerStep build() {
      if (steps < 1) {
        throw invalid("has " + steps + " steps, expected at least 1.");
      }
      if (!Double.isFinite(startTime) || !Double.isFinite(endTime) || startTime == endTime) {
        throw invalid(
            "has the interval from "
                + startTime
                + " to "
                + endTime
                + ", which is not finite or is empty; give it that of its block.");
      }
      ChannelsLastBatchNormPerStep layer = fill(new ChannelsLastBatchNormPerStep());
      layer.steps = steps;
      layer.startTime = startTime;
      layer.endTime = endTime;
      return layer;
    }

    private DL4JInvalidConfigException invalid(String what) {
      return new DL4JInvalidConfigException(
          "ChannelsLastBatchNormPerStep (layer name: " + layerName + ") " + what);
    }
  }
}
