/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.doctor;

import com.sun.management.OperatingSystemMXBean;
import java.io.Serializable;
import java.lang.management.ManagementFactory;
import org.anodespark.jobs.executor.ComputeBackend;
import org.anodespark.jobs.executor.TaskDevice;
import org.anodespark.jobs.failure.JobFailure;
import org.anodespark.odelayers.kernel.KernelBackend;
import org.apache.spark.SparkEnv;
import org.apache.spark.storage.BlockManagerId;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;

/**
 * What a task finds out about the executor that runs it.
 *
 * @param id Spark's
 * @param host where it runs
 * @param java its Java
 * @param compute backend, kernels, device and threads
 * @param computeProblem why it cannot compute and what to do, or empty
 * @param serializer the class by which it sends objects
 * @param file its file, see {@link FileProbe}
 * @param fileProblem why it could not read and write, or empty
 * @param machineMebibytes memory of its machine or container
 */
record ExecutorFacts(
    String id,
    String host,
    JavaFacts java,
    String compute,
    String computeProblem,
    String serializer,
    String file,
    String fileProblem,
    long machineMebibytes)
    implements Serializable {
  private static final long BYTES_PER_MEBIBYTE = 1L << 20;

  /**
   * Called in a task.
   *
   * @param task its number among those of the doctor
   */
  static ExecutorFacts here(int task, FileProbe files) {
    BlockManagerId here = SparkEnv.get().blockManager().blockManagerId();
    String file = "executor-" + here.executorId() + "-" + task;
    String compute = "";
    String problem = "";
    try {
      ComputeBackend.require();
      compute =
          "%s, %s, %s, OMP_NUM_THREADS %s"
              .formatted(
                  Nd4j.getBackend().getClass().getSimpleName(),
                  KernelBackend.kernels(DataType.FLOAT).name(),
                  TaskDevice.description(),
                  System.getenv().getOrDefault("OMP_NUM_THREADS", "not set"));
    } catch (JobFailure e) {
      problem = e.getMessage();
    } catch (RuntimeException | LinkageError e) {
      problem =
          "its kernels cannot be loaded (%s): set spark.kernels = auto or nd4j"
              .formatted(e.toString().lines().findFirst().orElse(""));
    }
    return new ExecutorFacts(
        here.executorId(),
        here.host(),
        JavaFacts.here(),
        compute,
        problem,
        SparkEnv.get().serializer().getClass().getName(),
        file,
        files.ofExecutor(file),
        machineMebibytesHere());
  }

  /** Memory of the machine, or of the container if that is less. */
  static long machineMebibytesHere() {
    OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    return system.getTotalMemorySize() / BYTES_PER_MEBIBYTE;
  }

  /** For lines. */
  String name() {
    return "executor %s on %s".formatted(id, host);
  }

  Finding computeFinding() {
    return computeProblem.isEmpty()
        ? Finding.sound("compute", name() + ": " + compute)
        : Finding.unsound("compute", name() + ": " + computeProblem);
  }
}
