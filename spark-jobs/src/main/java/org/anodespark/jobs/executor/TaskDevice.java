/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.executor;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.spark.TaskContext;
import org.apache.spark.resource.ResourceInformation;
import org.nd4j.linalg.api.ops.executioner.OpExecutioner.ExecutionerType;
import org.nd4j.linalg.factory.Nd4j;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** On which device the task of this thread computes. */
public final class TaskDevice {
  private static final String RESOURCE = "gpu";
  private static final Logger LOG = LoggerFactory.getLogger(TaskDevice.class);

  /** What the log says already: each round has tasks, and they have the same device. */
  private static final AtomicReference<String> ANNOUNCED = new AtomicReference<>();

  private TaskDevice() {}

  /**
   * The device in words: {@code cpu}, or {@code cuda 0 (gpu 3)} for CUDA's number and the address
   * that Spark assigned, or {@code cpu (gpu 3 not used)} where ND4J has no backend for it.
   */
  public static String description() {
    Optional<String> gpu = assigned().map(address -> "gpu " + address);
    if (onCuda()) {
      int index = Nd4j.getAffinityManager().getDeviceForCurrentThread();
      return "cuda " + index + gpu.map(name -> " (" + name + ")").orElse("");
    }
    return "cpu" + gpu.map(name -> " (" + name + " not used)").orElse("");
  }

  /**
   * Lets the thread, which runs a task, compute on the GPU that Spark assigned to it, if ND4J
   * computes on GPUs.
   *
   * @throws IllegalArgumentException if the process does not see that GPU
   */
  static void pin() {
    Optional<String> address = assigned();
    if (address.isPresent() && onCuda()) {
      int index =
          DeviceIndex.of(
              address.get(),
              System.getenv("CUDA_VISIBLE_DEVICES"),
              Nd4j.getAffinityManager().getNumberOfDevices());
      Nd4j.getAffinityManager().unsafeSetDevice(index);
    }
    String device = description();
    if (!device.equals(ANNOUNCED.getAndSet(device))) {
      LOG.info("Tasks compute on {}", device);
    }
  }

  private static boolean onCuda() {
    return Nd4j.getExecutioner().type() == ExecutionerType.CUDA;
  }

  private static Optional<String> assigned() {
    TaskContext task = TaskContext.get();
    ResourceInformation gpus = task == null ? null : task.resourcesJMap().get(RESOURCE);
    return gpus == null || gpus.addresses().length == 0
        ? Optional.empty()
        : Optional.of(gpus.addresses()[0]);
  }
}
