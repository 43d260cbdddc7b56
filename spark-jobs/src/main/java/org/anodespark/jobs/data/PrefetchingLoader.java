/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.data;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.util.TaskCompletionListener;
import org.deeplearning4j.core.loader.DataSetLoader;
import org.nd4j.common.loader.Source;
import org.nd4j.linalg.dataset.DataSet;

/**
 * Loads the next minibatch of a task while the worker computes with the current one. It gives what
 * the loader inside gives, in whatever order it is asked and however the threads run.
 *
 * <p>Which minibatch comes next is known from the RDD itself: its elements go through {@link
 * #announced}. Spark sends that RDD and the function that loads its elements to a task as one
 * serialised object, so in a task the loader that has seen the elements is the one that is asked to
 * load them, and no other task has it. Whatever was not announced is loaded when it is asked for.
 *
 * <p>dl4j-spark can prefetch too, but an error in its thread ends the executor's process. Here it
 * reaches the task that wanted the minibatch, as if that had loaded it.
 */
public final class PrefetchingLoader implements DataSetLoader {
  private static final long serialVersionUID = 1L;

  private final DataSetLoader loader;

  private transient Prefetch prefetch;
  private transient long waitedNanos;

  /**
   * Makes a loader.
   *
   * @param loader makes a minibatch from the path alone, the same one whenever it is asked, on any
   *     thread; it must not open the source
   */
  public PrefetchingLoader(DataSetLoader loader) {
    this.loader = loader;
  }

  /**
   * The same RDD, from which tasks that use this loader learn what will be wanted. A task loads the
   * first minibatch from when it starts, and each other from when the one before is there. When it
   * ends, for whatever reason, nothing is loaded for it any longer.
   *
   * @param paths in each partition, in the order in which they will be loaded
   */
  public JavaRDD<String> announced(JavaRDD<String> paths) {
    return paths.mapPartitions(this::announce);
  }

  private Iterator<String> announce(Iterator<String> paths) {
    List<String> ofTask = new ArrayList<>();
    paths.forEachRemaining(ofTask::add);
    Prefetch ahead = new Prefetch(loader, ofTask);
    TaskContext.get().addTaskCompletionListener((TaskCompletionListener) task -> ahead.close());
    prefetch = ahead;
    return ofTask.iterator();
  }

  /**
   * Loads one minibatch, or waits until it is loaded.
   *
   * @param source only its path is used
   * @throws IOException as the loader inside
   */
  @Override
  public DataSet load(Source source) throws IOException {
    long asked = System.nanoTime();
    try {
      return prefetch == null ? loader.load(source) : prefetch.load(source.getPath());
    } finally {
      waitedNanos += System.nanoTime() - asked;
    }
  }

  /** How long {@link #load} took, in all calls in this task since this was last asked. */
  public long takeWaitedNanos() {
    long waited = waitedNanos;
    waitedNanos = 0;
    return waited;
  }
}
