/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.experiment.latent;

import java.util.List;
import org.anodespark.jobs.block.BlockSetup;
import org.anodespark.jobs.experiment.series.ProgressListener;
import org.anodespark.jobs.experiment.series.SeriesProblem;
import org.anodespark.jobs.experiment.series.SeriesResult;
import org.anodespark.jobs.experiment.series.SeriesTraining;
import org.anodespark.odelayers.OdeBlockLayer;
import org.anodespark.odelayers.kernel.Precision;
import org.anodespark.odelayers.network.OdeBlockSettings;
import org.anodespark.odelayers.network.latent.LatentOdeNetwork;
import org.anodespark.odelayers.regularization.Regularizer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.IUpdater;

/**
 * A latent ODE learns how damped pendulums move from observations at irregular times: 300 of them
 * for training, all in each update, and 100 others for the test. The loss in training is the
 * negative log-likelihood per observed value and the weighted divergence of the initial state from
 * its prior. The test is the mean square error at a fifth of the observed values of test examples,
 * which the network is not shown; their noise alone makes 0.0025 of it.
 *
 * <p>The likelihood's standard deviation is 0.01, the one of the published experiment on PhysioNet;
 * it sets how much the observations count beside the divergence and regularisers. Steps end at the
 * 20 times of the grid, and each stretch between two begins with a choice of its first step.
 */
public final class LatentOdeExperiment {
  private static final int LATENT = 6;
  private static final int RECOGNITION = 24;
  private static final int HIDDEN = 24;
  private static final double DEVIATION = 0.01;

  private static final int TRAINING_EXAMPLES = 300;
  private static final int TEST_EXAMPLES = 100;
  private static final double SOUGHT = 0.2;

  /** The data are the same for all seeds of the training. */
  private static final long TRAINING_DATA_SEED = 20211;

  private static final long TEST_DATA_SEED = 20212;

  private LatentOdeExperiment() {}

  /**
   * Trains.
   *
   * @param block how the ODE is solved and differentiated
   * @param regularizers of the solve; may be empty
   * @param seed of the weights, of the initial states that are drawn, and of regularisers that draw
   *     numbers
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
    ComputationGraph network =
        new ComputationGraph(
            new LatentOdeNetwork(
                    LATENT,
                    RECOGNITION,
                    HIDDEN,
                    IrregularSeries.TIMES,
                    DEVIATION,
                    new OdeBlockSettings(
                        block.method(),
                        block.control(),
                        block.adjoint(),
                        regularizers,
                        Precision.NETWORK))
                .configure(
                    new NeuralNetConfiguration.Builder()
                        .seed(seed)
                        .dataType(DataType.DOUBLE)
                        .updater(updater),
                    IrregularSeries.FEATURES));
    network.init();
    IrregularSeries training =
        IrregularSeries.ofPendulums(TRAINING_EXAMPLES, 0, TRAINING_DATA_SEED);
    IrregularSeries test = IrregularSeries.ofPendulums(TEST_EXAMPLES, SOUGHT, TEST_DATA_SEED);
    Nd4j.getRandom().setSeed(seed);
    return SeriesTraining.run(
        new Problem(network, training, training.inputs(), test, test.inputs()),
        iterations,
        progress);
  }

  private record Problem(
      ComputationGraph network,
      IrregularSeries training,
      INDArray trainingInputs,
      IrregularSeries test,
      INDArray testInputs)
      implements SeriesProblem {
    @Override
    public double update(int iteration) {
      network.fit(
          new INDArray[] {trainingInputs},
          new INDArray[] {training.values()},
          null,
          new INDArray[] {training.shown()});
      return network.score() - block().calcRegularizationScore(true);
    }

    @Override
    public double testLoss() {
      return test.errorOfSought(network.outputSingle(testInputs));
    }

    @Override
    public double predict() {
      network.outputSingle(testInputs);
      return block().statistics().forwardEvaluations();
    }

    private OdeBlockLayer block() {
      return (OdeBlockLayer) network.getLayer(LatentOdeNetwork.BLOCK);
    }
  }
}
