/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.executor;

import java.io.Serializable;
import java.util.Iterator;
import org.anodespark.odelayers.memory.ArrayPool;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.util.TaskCompletionListener;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Sees to the native memory of the tasks of a training or an evaluation. Before a task does
 * anything, ND4J is {@linkplain ComputeBackend found to work} and arrays are limited in the process
 * in which it runs; after it, however it ended, the pooled arrays and the workspaces of its thread
 * are free. So memory is held by tasks that run, not by all threads that Spark has used, nor for
 * sizes of minibatches that another task had.
 *
 * @param arrayBytes native memory that arrays may take in a process, see {@link ArrayLimit}
 */
public record TaskMemory(long arrayBytes) implements Serializable {
  /** Arrays may take what there is. */
  public static final TaskMemory UNLIMITED = new TaskMemory(ArrayLimit.NONE);

  /** The same RDD; a task that reads it does so within these bounds. */
  public <T> JavaRDD<T> around(JavaRDD<T> minibatches) {
    return minibatches.mapPartitions(this::begin);
  }

  private <T> Iterator<T> begin(Iterator<T> minibatches) {
    ComputeBackend.require();
    ArrayLimit.set(arrayBytes);
    TaskContext.get().addTaskCompletionListener((TaskCompletionListener) task -> end());
    return minibatches;
  }

  private static void end() {
    ArrayPool.freeOfCurrentThread();
    for (MemoryWorkspace workspace :
        Nd4j.getWorkspaceManager().getAllWorkspacesForCurrentThread()) {
      Nd4j.getWorkspaceManager().destroyWorkspace(workspace);
    }
  }
}
