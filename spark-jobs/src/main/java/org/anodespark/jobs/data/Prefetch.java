/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.data;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.deeplearning4j.core.loader.DataSetLoader;
import org.nd4j.linalg.dataset.DataSet;

/**
 * The minibatches of one task in their order, of which one is loaded ahead of being asked for.
 *
 * <p>All tasks of a process share one thread that loads ahead. A task whose minibatch that thread
 * has not begun, since it is busy for another task, loads it itself; so no task ever waits for the
 * data of another.
 */
final class Prefetch implements AutoCloseable {
  private static final int IDLE_SECONDS = 10;
  private static final ThreadPoolExecutor BACKGROUND = background();

  private final DataSetLoader loader;
  private final Queue<String> upcoming;
  private Ahead ahead;

  /** What is being loaded, or is loaded, before it was asked for. */
  private record Ahead(String path, FutureTask<DataSet> loading) {}

  /**
   * Begins to load the first minibatch.
   *
   * @param paths of the minibatches, in the order in which they will be asked for
   */
  Prefetch(DataSetLoader loader, List<String> paths) {
    this.loader = loader;
    this.upcoming = new ArrayDeque<>(paths);
    loadNextAhead();
  }

  /**
   * Gives a minibatch, and begins to load the one that follows it.
   *
   * @throws IOException as the loader, also if it was thrown when the minibatch was loaded ahead
   * @throws InterruptedIOException if the thread is interrupted while it waits
   */
  DataSet load(String path) throws IOException {
    FutureTask<DataSet> loading = take(path);
    if (loading == null) {
      return loader.load(new NamedSource(path));
    }
    if (BACKGROUND.remove(loading)) {
      loading.run();
    }
    DataSet minibatch = await(loading, path);
    loadNextAhead();
    return minibatch;
  }

  /** Drops what is loaded ahead, and loads nothing more of itself. */
  @Override
  public synchronized void close() {
    upcoming.clear();
    if (ahead != null) {
      drop(ahead.loading);
      ahead = null;
    }
  }

  /** What is loaded ahead, if it is that minibatch; the caller has it now. */
  private synchronized FutureTask<DataSet> take(String path) {
    if (ahead == null || !ahead.path.equals(path)) {
      return null;
    }
    FutureTask<DataSet> loading = ahead.loading;
    ahead = null;
    return loading;
  }

  private synchronized void loadNextAhead() {
    String path = upcoming.poll();
    if (path != null) {
      ahead = new Ahead(path, new FutureTask<>(() -> loader.load(new NamedSource(path))));
      BACKGROUND.execute(ahead.loading);
    }
  }

  private static DataSet await(FutureTask<DataSet> loading, String path) throws IOException {
    try {
      return loading.get();
    } catch (InterruptedException e) {
      drop(loading);
      Thread.currentThread().interrupt();
      IOException interrupted = new InterruptedIOException("interrupted while loading " + path);
      interrupted.initCause(e);
      throw interrupted;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException cause) {
        throw cause;
      }
      if (e.getCause() instanceof Error cause) {
        throw cause;
      }
      // loaders throw no other checked exceptions
      throw (RuntimeException) e.getCause();
    }
  }

  private static void drop(FutureTask<DataSet> loading) {
    loading.cancel(true);
    BACKGROUND.remove(loading);
  }

  private static ThreadPoolExecutor background() {
    ThreadPoolExecutor executor =
        new ThreadPoolExecutor(
            1,
            1,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            work -> {
              Thread thread = new Thread(work, "minibatch-prefetch");
              thread.setDaemon(true);
              return thread;
            });
    executor.allowCoreThreadTimeOut(true);
    return executor;
  }
}
