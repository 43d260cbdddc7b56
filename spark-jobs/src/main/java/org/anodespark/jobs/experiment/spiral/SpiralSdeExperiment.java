/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.experiment.spiral;

import java.util.List;
import org.anodespark.jobs.experiment.series.ProgressListener;
import org.anodespark.jobs.experiment.series.SeriesProblem;
import org.anodespark.jobs.experiment.series.SeriesResult;
import org.anodespark.jobs.experiment.series.SeriesTraining;
import org.anodespark.odelayers.SdeBlockLayer;
import org.anodespark.odelayers.adjoint.AdjointStrategy;
import org.anodespark.odelayers.network.CubicMomentsNetwork;
import org.anodespark.odelayers.regularization.Regularizer;
import org.anodespark.odelayers.solver.StepControl;
import org.anodespark.odelayers.stochastic.rungekutta.StochasticRungeKutta;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.IUpdater;

/**
 * An SDE block with drift {@code W2 tanh(W1 u^3 + b1) + b2}, 50 wide, and a linear diffusion learns
 * the spiral with noise over [0, 1] from means and variances over 10,000 paths at 30 save points,
 * by 100 paths of its own in each update. The loss is the mean square error of the means plus that
 * of the variances. The test is on 1,000 paths with other noise, a prediction is one of 100 paths;
 * the noise of both is that of the fixed seed of predictions.
 *
 * <p>Source: A. Pal, Y. Ma, V. Shah and C. Rackauckas, "Opening the Blackbox", ICML 2021; there 250
 * updates by AdaBelief with rate 0.01 (that of ND4J 1.0.0-M2.1 fails in every network; Adam is the
 * next of kin), SOSRI with tolerances of 0.3. Steps end at save points here.
 */
public final class SpiralSdeExperiment {
  private static final double END = 1;
  private static final int HIDDEN = 50;
  private static final int DATA_PATHS = 10_000;
  private static final int TRAINING_PATHS = 100;
  private static final int TEST_PATHS = 1_000;

  /** The data are the same for all seeds of the training. */
  private static final long DATA_SEED = 20210;

  private SpiralSdeExperiment() {}

  /**
   * Trains.
   *
   * @param method of one step
   * @param control chooses the steps
   * @param adjoint an exact strategy
   * @param regularizers of the steps; may be empty
   * @param seed of weights and noise
   * @param iterations updates, at least 1
   * @param updater the optimiser
   * @param progress is told of each update
   */
  public static SeriesResult train(
      StochasticRungeKutta method,
      StepControl control,
      AdjointStrategy adjoint,
      List<Regularizer> regularizers,
      long seed,
      int iterations,
      IUpdater updater,
      ProgressListener progress) {
    List<Double> times = Spiral.savePoints(END);
    ComputationGraph network =
        new ComputationGraph(
            new CubicMomentsNetwork(HIDDEN, times, method, control, adjoint, regularizers)
                .configure(
                    new NeuralNetConfiguration.Builder()
                        .seed(seed)
                        .dataType(DataType.DOUBLE)
                        .updater(updater),
                    0,
                    Spiral.SIZE,
                    Spiral.SAVE_POINTS));
    network.init();
    Nd4j.getRandom().setSeed(seed);
    INDArray moments = Spiral.PUBLISHED.moments(times, DATA_PATHS, DATA_SEED);
    return SeriesTraining.run(new Problem(network, moments), iterations, progress);
  }

  private record Problem(ComputationGraph network, INDArray moments) implements SeriesProblem {
    @Override
    public double update(int iteration) {
      network.fit(new INDArray[] {Spiral.start(TRAINING_PATHS)}, new INDArray[] {moments});
      return network.score() - block().calcRegularizationScore(true);
    }

    @Override
    public double testLoss() {
      INDArray error = network.outputSingle(Spiral.start(TEST_PATHS)).sub(moments);
      return error.mul(error).sumNumber().doubleValue() / (Spiral.SIZE * Spiral.SAVE_POINTS);
    }

    @Override
    public double predict() {
      network.outputSingle(Spiral.start(TRAINING_PATHS));
      return block().statistics().driftEvaluations();
    }

    private SdeBlockLayer block() {
      return (SdeBlockLayer) network.getLayer(CubicMomentsNetwork.BLOCK);
    }
  }
}
