/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.doctor;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.anodespark.jobs.config.SparkSettings;
import org.anodespark.jobs.executor.SparkWork;
import org.anodespark.jobs.failure.ExitCode;
import org.anodespark.jobs.failure.JobFailure;
import org.anodespark.jobs.failure.Reason;
import org.anodespark.jobs.files.HadoopPaths;
import org.anodespark.jobs.job.Job;
import org.anodespark.jobs.job.JobContext;
import org.anodespark.jobs.train.ImageFacts;
import org.anodespark.jobs.train.NetworkFactory;
import org.anodespark.jobs.train.Optimization;
import org.apache.spark.SparkContext;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.util.CollectionAccumulator;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The job {@code doctor}: one line for each check. It needs no data, and leaves nothing behind in
 * {@code run.dir}.
 */
public final class DoctorJob implements Job {
  private static final ImageFacts CIFAR_10 = new ImageFacts(32, 32, 3, 10);
  private static final String FILES = "files";
  private static final String SERIALISER = "serialiser";

  /** Sent from every executor, by the serialiser that sends parameters. */
  private static final double[] SENT = {1, 2.5, -3};

  private static final Logger LOG = LoggerFactory.getLogger(DoctorJob.class);

  private final NetworkFactory networks;

  /**
   * Makes the job.
   *
   * @param networks builds the network whose layers are sent about
   */
  public DoctorJob(NetworkFactory networks) {
    this.networks = networks;
  }

  @Override
  public void run(JobContext context) {
    List<Finding> findings = new ArrayList<>();
    FindingSink sink =
        finding -> {
          findings.add(finding);
          context.out().println(finding.line());
        };
    sink.accept(JavaFacts.here().finding("driver"));
    ComputationGraphConfiguration network =
        networks.create(
            context.settings().model(),
            CIFAR_10,
            new Optimization(new Sgd(), List.of(), GradientNormalization.None, 1, 1),
            context.settings().seed());
    sink.accept(RoundTrips.json(network));
    sink.accept(RoundTrips.java(network));
    FileProbe files = fileProbe(context);
    try {
      boolean driverCan = driverFiles(context, files, sink);
      JavaSparkContext spark = context.spark().get();
      sink.accept(RoundTrips.spark(network, SparkEnv.get().serializer().newInstance()));
      askExecutors(context, spark, files, driverCan, sink);
    } finally {
      clear(files);
    }
    long unsound = findings.stream().filter(finding -> !finding.sound()).count();
    if (unsound > 0) {
      throw new JobFailure(
          ExitCode.PREFLIGHT_FAILED,
          "%d of %d checks failed: the lines that begin with FAIL say what to do."
              .formatted(unsound, findings.size()));
    }
  }

  private static FileProbe fileProbe(JobContext context) {
    String directory = context.settings().run().dir();
    try {
      return FileProbe.in(directory, context.hadoop());
    } catch (IOException e) {
      throw HadoopPaths.failure(
          "run.dir is %s, which cannot be used (%s): set it to a folder that driver and executors can write to."
              .formatted(directory, Reason.of(e)),
          e);
    }
  }

  private static boolean driverFiles(JobContext context, FileProbe files, FindingSink sink) {
    String directory = context.settings().run().dir();
    try {
      files.ofDriver();
      sink.accept(Finding.sound(FILES, "driver writes, renames and reads in " + directory));
      return true;
    } catch (IOException | RuntimeException e) {
      sink.accept(
          Finding.unsound(
              FILES,
              "driver cannot write, rename and read in %s (%s): set run.dir to a folder where you may write"
                  .formatted(directory, Reason.of(e))));
      return false;
    }
  }

  private static void askExecutors(
      JobContext context,
      JavaSparkContext spark,
      FileProbe files,
      boolean driverCan,
      FindingSink sink) {
    List<ExecutorFacts> answers = answers(spark, files);
    TreeMap<String, ExecutorFacts> executors = new TreeMap<>();
    answers.forEach(facts -> executors.putIfAbsent(facts.id(), facts));

    sink.accept(number(context.settings().spark(), context, executors.size()));
    for (ExecutorFacts executor : executors.values()) {
      sink.accept(executor.java().finding(executor.name()));
      sink.accept(executor.computeFinding());
    }
    sink.accept(serialiser(spark, answers));
    if (driverCan) {
      sink.accept(executorFiles(context, files, answers));
    }
    MemorySums sums = new MemorySums(context.settings().spark(), context.master());
    sums.driver(
        SparkEnv.get().blockManager().blockManagerId().host(),
        ExecutorFacts.machineMebibytesHere());
    executors.values().forEach(facts -> sums.executor(facts.host(), facts.machineMebibytes()));
    sums.findings().forEach(sink::accept);
  }

  private static List<ExecutorFacts> answers(JavaSparkContext spark, FileProbe files) {
    // Accumulators do not depend on Spark's serialiser, which is looked at later.
    CollectionAccumulator<ExecutorFacts> answers = spark.sc().collectionAccumulator();
    return SparkWork.run(
        "Asking the executors",
        () -> {
          tasks(spark).foreach(task -> answers.add(ExecutorFacts.here(task, files)));
          return answers.value().stream()
              .sorted(Comparator.comparing(ExecutorFacts::file))
              .toList();
        });
  }

  /** As many tasks as can run at once, so that each executor gets one. */
  private static JavaRDD<Integer> tasks(JavaSparkContext spark) {
    SparkContext context = spark.sc();
    int tasks =
        Math.max(
            1,
            context.maxNumConcurrentTasks(
                context.resourceProfileManager().defaultResourceProfile()));
    return spark.parallelize(IntStream.range(0, tasks).boxed().toList(), tasks);
  }

  private static Finding number(SparkSettings settings, JobContext context, int found) {
    int expected = context.master().worksInDriver() ? 1 : settings.executors();
    String text = "%d of %d executors answer".formatted(found, expected);
    return found >= expected
        ? Finding.sound("executors", text)
        : Finding.unsound(
            "executors",
            text
                + ": the cluster has no room for the others (%d cores, %d MiB of heap each); set spark.executors lower, or free some"
                    .formatted(settings.coresPerExecutor(), settings.executorHeapMebibytes()));
  }

  private static Finding serialiser(JavaSparkContext spark, List<ExecutorFacts> executors) {
    String name = executors.get(0).serializer();
    String problem;
    try {
      List<INDArray> arrays = tasks(spark).map(task -> Nd4j.createFromArray(SENT)).collect();
      problem =
          arrays.stream().allMatch(array -> Arrays.equals(array.toDoubleVector(), SENT))
              ? ""
              : "they hold other numbers";
    } catch (Exception e) {
      // Spark's exceptions are checked, but its Java interface does not declare them
      problem = Reason.of(e);
    }
    return problem.isEmpty()
        ? Finding.sound(SERIALISER, "arrays come back from executors by " + name)
        : Finding.unsound(
            SERIALISER,
            "arrays of executors do not come back by %s (%s): leave spark.serializer and spark.kryo.registrator as submit.sh sets them"
                .formatted(name, problem));
  }

  private static Finding executorFiles(
      JobContext context, FileProbe files, List<ExecutorFacts> executors) {
    String directory = context.settings().run().dir();
    for (ExecutorFacts executor : executors) {
      if (!executor.fileProblem().isEmpty()) {
        return unshared(directory, executor.name() + ": " + executor.fileProblem());
      }
    }
    try {
      files.ofExecutors(executors.stream().map(ExecutorFacts::file).toList());
      return Finding.sound(FILES, "driver and executors see each other's files in " + directory);
    } catch (IOException e) {
      return unshared(directory, "driver: " + Reason.of(e));
    }
  }

  private static Finding unshared(String directory, String problem) {
    return Finding.unsound(
        FILES,
        "driver and executors do not see each other's files in %s (%s): set run.dir, and data.path, to a file system that all machines reach"
            .formatted(directory, problem));
  }

  private static void clear(FileProbe files) {
    try {
      files.clear();
    } catch (IOException | RuntimeException e) {
      LOG.warn("Files of the doctor are left", e);
    }
  }

  @FunctionalInterface
  private interface FindingSink {
    void accept(Finding finding);
  }
}
