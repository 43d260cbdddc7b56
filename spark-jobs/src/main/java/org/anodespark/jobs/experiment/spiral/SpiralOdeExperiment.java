/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.experiment.spiral;

import java.util.List;
import org.anodespark.jobs.block.BlockSetup;
import org.anodespark.jobs.experiment.series.ProgressListener;
import org.anodespark.jobs.experiment.series.SeriesProblem;
import org.anodespark.jobs.experiment.series.SeriesResult;
import org.anodespark.jobs.experiment.series.SeriesTraining;
import org.anodespark.odelayers.OdeBlockLayer;
import org.anodespark.odelayers.network.CubicTrajectoryNetwork;
import org.anodespark.odelayers.regularization.Regularizer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.IUpdater;

/**
 * An ODE block with the field {@code W2 tanh(W1 u^3 + b1) + b2}, 50 wide, learns the spiral without
 * noise over [0, 1.5] from its 30 save points. The loss is the mean square error at these, in
 * training and in the test, which is on the same trajectory. Steps end at save points.
 */
public final class SpiralOdeExperiment {
  private static final double END = 1.5;
  private static final int HIDDEN = 50;

  private SpiralOdeExperiment() {}

  /**
   * Trains.
   *
   * @param block how the ODE is solved and differentiated
   * @param regularizers of the solve; may be empty
   * @param seed of the weights, and of regularisers that draw numbers
   * @param iterations updates, at least 1
   * @param updater the optimiser
   * @param progress is told of each update
   */
  public static SeriesResult train(
      BlockSetup block,
      List<Regularizer> regularizers,
      long seed,
      int iterations,
      IUpdater updater,
      ProgressListener progress) {
    List<Double> times = Spiral.savePoints(END);
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            new CubicTrajectoryNetwork(
                    HIDDEN, times, block.method(), block.control(), block.adjoint(), regularizers)
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
    INDArray start = Spiral.start(1);
    INDArray trajectory = Spiral.PUBLISHED.trajectory(times);
    return SeriesTraining.run(new Problem(network, start, trajectory), iterations, progress);
  }

  private record Problem(MultiLayerNetwork network, INDArray start, INDArray trajectory)
      implements SeriesProblem {
    @Override
    public double update(int iteration) {
      network.fit(start, trajectory);
      return network.score() - block().calcRegularizationScore(true);
    }

    @Override
    public double testLoss() {
      INDArray error = network.output(start).sub(trajectory);
      return error.mul(error).sumNumber().doubleValue() / (Spiral.SIZE * Spiral.SAVE_POINTS);
    }

    @Override
    public double predict() {
      network.output(start);
      return block().statistics().forwardEvaluations();
    }

    private OdeBlockLayer block() {
      return (OdeBlockLayer) network.getLayer(CubicTrajectoryNetwork.BLOCK);
    }
  }
}
