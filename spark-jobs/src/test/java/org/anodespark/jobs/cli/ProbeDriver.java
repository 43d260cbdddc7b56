/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.cli;

import java.util.List;
import java.util.Map;
import org.anodespark.jobs.failure.ExitCode;
import org.anodespark.jobs.failure.JobFailure;
import org.anodespark.jobs.job.JobContext;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkEnv;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import scala.Tuple2;

/**
 * The real driver with one job in place of the project's: it lets two tasks say where they run and
 * what their ND4J computes, prints it, and ends with the exit code that the seed names.
 */
public final class ProbeDriver {
  private ProbeDriver() {}

  /** Called by spark-submit. */
  public static void main(String[] arguments) {
    JobRegistry jobs = new JobRegistry(Map.of(JobName.TRAIN, () -> ProbeDriver::probe));
    Driver driver = new Driver(jobs, new SparkConf(), System.getenv(), System.out, System.err);
    System.exit(driver.run(List.of(arguments)));
  }

  private static void probe(JobContext context) {
    List<Tuple2<String, INDArray>> answers =
        context.spark().get().parallelize(List.of(1, 2), 2).map(ProbeDriver::answer).collect();
    answers.stream()
        .map(answer -> answer._1() + " sums to " + answer._2().sumNumber().intValue())
        .sorted()
        .forEach(context.out()::println);
    for (ExitCode code : ExitCode.values()) {
      if (code != ExitCode.DONE && code.code() == context.settings().seed()) {
        throw new JobFailure(code, "As the seed said.");
      }
    }
  }

  private static Tuple2<String, INDArray> answer(int size) {
    return new Tuple2<>(
        String.format(
            "executor %s with %s thread(s)",
            SparkEnv.get().executorId(), System.getenv("OMP_NUM_THREADS")),
        Nd4j.ones(size, size));
  }
}
