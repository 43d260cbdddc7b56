/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.benchmarks.contender;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import org.anodespark.benchmarks.problem.JobProblem;
import org.anodespark.benchmarks.process.Ready;
import org.anodespark.benchmarks.process.Workload;
import org.anodespark.benchmarks.process.WorkloadServer;
import org.anodespark.jobs.config.SettingSources;
import org.anodespark.jobs.config.Settings;
import org.anodespark.jobs.config.SettingsLoader;
import org.anodespark.jobs.data.Augmentation;
import org.anodespark.jobs.data.Manifest;
import org.anodespark.jobs.data.MinibatchDescriptor;
import org.anodespark.jobs.data.ShardDataSetLoader;
import org.anodespark.jobs.data.SplitName;
import org.anodespark.jobs.network.OdeNetworkFactory;
import org.anodespark.jobs.plan.Minibatch;
import org.anodespark.jobs.plan.Round;
import org.anodespark.jobs.plan.Seeds;
import org.anodespark.jobs.plan.TrainingPlan;
import org.anodespark.jobs.train.ImageFacts;
import org.anodespark.jobs.train.Optimizers;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.deeplearning4j.nn.graph.ComputationGraph;

/**
 * What the job {@code train} does, without Spark: one process trains all minibatches of all epochs,
 * one after the other, with the same network, loader and optimiser.
 */
public final class PlainTraining implements Workload<JobProblem> {
  /** Number of images trained in a run. */
  public static final String EXAMPLES = "examples";

  private Settings settings;
  private TrainingPlan plan;
  private ShardDataSetLoader loader;
  private ComputationGraph network;

  /** Serves on the standard streams. */
  public static void main(String[] arguments) throws IOException {
    WorkloadServer.serve(new PlainTraining());
  }

  @Override
  public Class<JobProblem> problemType() {
    return JobProblem.class;
  }

  @Override
  public Ready prepare(JobProblem problem) {
    settings = SettingsLoader.load(new SettingSources(List.of(), problem.overrides())).settings();
    Configuration hadoop = new Configuration();
    Path path = new Path(settings.data().path());
    Manifest manifest = Manifest.read(path, hadoop);
    loader =
        new ShardDataSetLoader(
            manifest,
            path,
            settings.data().labels(),
            settings.data().cacheMebibytes(),
            new Augmentation(settings.data().augmentFlip(), settings.data().augmentCropPadding()),
            hadoop);
    plan =
        new TrainingPlan(
            settings.seed(),
            manifest.train().examples(),
            settings.train().epochs(),
            settings.train().batchSize(),
            1,
            settings.averaging().frequency());
    network =
        new ComputationGraph(
            new OdeNetworkFactory()
                .create(
                    settings.model(),
                    new ImageFacts(
                        manifest.layout().height(),
                        manifest.layout().width(),
                        manifest.layout().channels(),
                        manifest.layout().label(settings.data().labels()).classes().size()),
                    Optimizers.of(settings.optimizer(), plan, 1),
                    settings.seed()));
    network.init();
    return new Ready(
        "odelayers in one process",
        List.of(new Ready.Variant("train", settings.model().block().adjoint())));
  }

  @Override
  public Map<String, Double> facts(String variant) {
    return Map.of(EXAMPLES, (double) plan.examplesOfAllEpochs());
  }

  @Override
  public double run(String variant) {
    long before = System.nanoTime();
    for (int epoch = 1; epoch <= plan.epochs(); epoch++) {
      for (Round round : plan.epoch(epoch).rounds()) {
        for (Minibatch minibatch : round.minibatches()) {
          train(epoch, minibatch);
        }
      }
    }
    return (System.nanoTime() - before) * 1e-9;
  }

  private void train(int epoch, Minibatch minibatch) {
    try {
      network.fit(
          loader.load(
              new MinibatchDescriptor(
                  SplitName.TRAIN,
                  Seeds.ofAugmentation(plan.seed(), epoch, minibatch.number()),
                  minibatch.examples())));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
