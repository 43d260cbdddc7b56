/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.benchmarks.train;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.anodespark.benchmarks.contender.PlainTraining;
import org.anodespark.benchmarks.measurement.InterleavedRounds;
import org.anodespark.benchmarks.measurement.Sample;
import org.anodespark.benchmarks.problem.JobProblem;
import org.anodespark.benchmarks.process.Child;
import org.anodespark.benchmarks.process.Children;
import org.anodespark.benchmarks.process.Installation;
import org.anodespark.benchmarks.process.Ready;
import org.anodespark.benchmarks.process.Unavailable;

/**
 * Trains the same network on the same data on Spark, with executors of one thread each, and in one
 * process with as many threads, in turns. All processes are started anew in each round, so what a
 * JVM takes to get warm is in both.
 */
final class SparkComparison {
  private static final int MINIBATCHES_BETWEEN_AVERAGINGS = 16;
  private static final int TEST_IMAGES = 500;

  private final TrainSettings settings;
  private final Path folder;
  private final PrintStream log;
  private final SparkJobs jobs;
  private final List<Double> overheads = new ArrayList<>();

  /**
   * @param folder gets data, run directories and logs
   * @param log gets a line for each training
   */
  SparkComparison(TrainSettings settings, Path folder, PrintStream log) {
    this.settings = settings;
    this.folder = folder.toAbsolutePath();
    this.log = log;
    this.jobs =
        new SparkJobs(Installation.current().submitScript(), this.folder.resolve("spark.log"));
  }

  /**
   * Measures both.
   *
   * @throws IOException if a job or a process fails
   */
  SparkResult measure() throws IOException {
    Path data = data();
    InterleavedRounds rounds = new InterleavedRounds(0, settings.spark().rounds(), 0);
    List<Sample> rates =
        rounds.measure(List.of(() -> trainOnSpark(data), () -> trainInOneProcess(data)));
    return new SparkResult(
        settings.threads(),
        rates.get(0),
        new Sample(overheads),
        rates.get(1),
        rates.get(0).ratioTo(rates.get(1)));
  }

  /** The shards to train on; drawn images unless the settings name others. */
  private Path data() throws IOException {
    SparkSettings spark = settings.spark();
    if (spark.data() != null) {
      return spark.data().toAbsolutePath();
    }
    Path data = folder.resolve("builtin-" + spark.images());
    if (!Files.exists(data)) {
      log.printf("drawing %d images%n", spark.images());
      jobs.run(
          "prepare",
          newRunDirectory("prepare"),
          List.of(
              "data.path=" + data,
              "data.builtin.train=" + spark.images(),
              "data.builtin.test=" + TEST_IMAGES));
    }
    return data;
  }

  private double trainOnSpark(Path data) throws IOException {
    JsonNode summary =
        jobs.run("train", newRunDirectory("train"), overrides(settings, data.toString()));
    double rate = number(summary, "images_per_second");
    overheads.add(number(summary, "overhead_fraction"));
    log.printf("on Spark: %.0f images/s%n", rate);
    return rate;
  }

  private static double number(JsonNode summary, String field) throws IOException {
    JsonNode value = summary.get(field);
    if (value == null) {
      throw new IOException("The summary " + summary + " has no " + field + ".");
    }
    return value.asDouble();
  }

  private double trainInOneProcess(Path data) throws IOException {
    Children start = new Children(settings.threads(), folder);
    try (Child child = start.java(PlainTraining.class)) {
      Ready ready = child.prepare(new JobProblem(overrides(settings, data.toString())));
      String variant = ready.variants().get(0).name();
      double rate = child.facts(variant).get(PlainTraining.EXAMPLES) / child.run(variant);
      log.printf("in one process: %.0f images/s%n", rate);
      return rate;
    } catch (Unavailable e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  /** A folder that is not there yet: a run directory holds one run. */
  private Path newRunDirectory(String job) {
    int number = 1;
    while (Files.exists(folder.resolve(job + "-" + number))) {
      number++;
    }
    return folder.resolve(job + "-" + number);
  }

  /** The settings of the job {@code train}. */
  static List<String> overrides(TrainSettings settings, String data) {
    return List.of(
        "data.path=" + data,
        "model.widths=" + settings.problem().widths(),
        "model.block.solver=euler",
        "model.block.steps=" + settings.problem().steps(),
        "model.block.adjoint=anode",
        "averaging.workers=" + settings.threads(),
        "averaging.frequency=" + MINIBATCHES_BETWEEN_AVERAGINGS,
        "train.epochs=" + settings.spark().epochs(),
        "train.batch-size=" + settings.problem().batch(),
        "spark.executors=" + settings.threads(),
        "spark.cores-per-executor=1");
  }
}
