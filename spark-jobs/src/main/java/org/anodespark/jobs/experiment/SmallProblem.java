/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.experiment;

import java.io.Serializable;
import java.util.List;
import java.util.Map;
import org.anodespark.jobs.block.BlockSetup;
import org.anodespark.jobs.block.StochasticMethods;
import org.anodespark.jobs.config.AdaptiveSettings;
import org.anodespark.jobs.config.BlockSettings;
import org.anodespark.jobs.config.ExperimentSettings;
import org.anodespark.jobs.config.ResolvedSettings;
import org.anodespark.jobs.config.Settings;
import org.anodespark.jobs.executor.Divergence;
import org.anodespark.jobs.experiment.latent.LatentOdeExperiment;
import org.anodespark.jobs.experiment.series.ProgressListener;
import org.anodespark.jobs.experiment.series.SeriesResult;
import org.anodespark.jobs.experiment.spiral.SpiralOdeExperiment;
import org.anodespark.jobs.experiment.spiral.SpiralSdeExperiment;
import org.anodespark.jobs.failure.JobFailure;
import org.anodespark.jobs.plan.TrainingPlan;
import org.anodespark.jobs.train.Optimizers;
import org.anodespark.odelayers.failure.OdeSolveException;
import org.anodespark.odelayers.regularization.Regularizer;
import org.anodespark.odelayers.solver.StepControl;
import org.anodespark.odelayers.solver.control.FixedSteps;
import org.anodespark.odelayers.stochastic.StochasticSteps;
import org.apache.hadoop.conf.Configuration;
import org.nd4j.linalg.learning.config.IUpdater;

/** One of the small problems of papers. Short, so that a task that is tried again begins anew. */
final class SmallProblem implements CellWork {
  /** {@link SpiralOdeExperiment}. */
  static final SmallProblem SPIRAL_ODE = ofBlock(SpiralOdeExperiment::train);

  /** {@link LatentOdeExperiment}. */
  static final SmallProblem LATENT_ODE = ofBlock(LatentOdeExperiment::train);

  /** {@link SpiralSdeExperiment}. */
  static final SmallProblem SPIRAL_SDE =
      new SmallProblem(
          (settings, regularizers, updater) -> {
            int iterations = settings.experiment().iterations();
            BlockSettings block = settings.model().block();
            return SpiralSdeExperiment.train(
                StochasticMethods.of(settings.experiment().stochasticSolver()),
                block.steps() > 0 ? new FixedSteps(block.steps()) : adaptive(block.adaptive()),
                block.setup(iterations).adjoint(),
                regularizers,
                settings.seed(),
                iterations,
                updater,
                ProgressListener.NONE);
          });

  private static final long serialVersionUID = 1L;

  private final Training training;

  private SmallProblem(Training training) {
    this.training = training;
  }

  /** How the settings of a cell become a training. */
  @FunctionalInterface
  private interface Training extends Serializable {
    SeriesResult train(Settings settings, List<Regularizer> regularizers, IUpdater updater);
  }

  /** A training of a network with an ODE block. */
  @FunctionalInterface
  private interface BlockTraining extends Serializable {
    SeriesResult train(
        BlockSetup block,
        List<Regularizer> regularizers,
        long seed,
        int iterations,
        IUpdater updater,
        ProgressListener progress);
  }

  private static SmallProblem ofBlock(BlockTraining training) {
    return new SmallProblem(
        (settings, regularizers, updater) -> {
          int iterations = settings.experiment().iterations();
          return training.train(
              settings.model().block().setup(iterations),
              regularizers,
              settings.seed(),
              iterations,
              updater,
              ProgressListener.NONE);
        });
  }

  private static StepControl adaptive(AdaptiveSettings settings) {
    return StochasticSteps.adaptive(settings.relativeTolerance(), settings.absoluteTolerance())
        .build();
  }

  @Override
  public Map<String, Double> run(ResolvedSettings resolved, Configuration hadoop) {
    Settings settings = resolved.settings();
    ExperimentSettings experiment = settings.experiment();
    int iterations = experiment.iterations();
    // an epoch of one iteration each: schedules know trainings by their epochs
    TrainingPlan plan = new TrainingPlan(settings.seed(), 1, iterations, 1, 1, 1);
    try {
      return Measures.of(
          training.train(
              settings,
              settings.model().block().regularizers().setup().over(iterations),
              Optimizers.of(settings.optimizer(), plan, 1).updater()));
    } catch (OdeSolveException e) {
      throw Divergence.causeOf(e, "Training diverged")
          .orElseGet(
              () ->
                  JobFailure.badConfiguration(
                      "The experiment cannot be trained: " + e.getMessage(), e));
    }
  }
}
