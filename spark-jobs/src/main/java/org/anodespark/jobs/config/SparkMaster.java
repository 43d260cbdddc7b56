/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.config;

import java.io.Serializable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where an application runs.
 *
 * @param url a master URL as Spark understands it
 */
public record SparkMaster(String url) implements Serializable {
  private static final String LOCAL = "local";
  private static final String LOCAL_CLUSTER = "local-cluster";
  private static final String YARN = "yarn";
  private static final String STANDALONE = "spark://";
  private static final String KUBERNETES = "k8s://";
  private static final Pattern LOOPBACK = Pattern.compile("spark://(localhost|127\\..+):.*");
  private static final Pattern THREADS = Pattern.compile("local\\[(\\*|\\d+)[,\\]].*");

  /**
   * Executor processes on this machine, each started by a Spark worker of its own that has just the
   * cores and the memory of one executor.
   */
  public static SparkMaster localCluster(SparkSettings spark) {
    return new SparkMaster(
        String.format(
            "%s[%d,%d,%d]",
            LOCAL_CLUSTER,
            spark.executors(),
            spark.coresPerExecutor(),
            spark.executorHeapMebibytes() + spark.nativeMebibytes()));
  }

  /** Whether everything runs on this machine, so that nothing need be reachable from another. */
  public boolean onThisMachine() {
    return url.startsWith(LOCAL) || LOOPBACK.matcher(url).matches();
  }

  /** Whether it is the master of a standalone Spark. */
  public boolean isStandalone() {
    return url.startsWith(STANDALONE);
  }

  /** Whether YARN runs the executors. */
  public boolean isYarn() {
    return url.equals(YARN);
  }

  /** Whether Kubernetes runs the executors. */
  public boolean isKubernetes() {
    return url.startsWith(KUBERNETES);
  }

  /** Whether executors are processes on this machine that end with the application. */
  public boolean isLocalCluster() {
    return url.startsWith(LOCAL_CLUSTER);
  }

  /** Whether the driver is the only process and does the executors' work. */
  public boolean worksInDriver() {
    return url.startsWith(LOCAL) && !isLocalCluster();
  }

  /** Of a master that {@linkplain #worksInDriver works in the driver}: the threads for tasks. */
  public int threads() {
    Matcher threads = THREADS.matcher(url);
    if (!threads.matches()) {
      return 1;
    }
    return threads.group(1).equals("*")
        ? Runtime.getRuntime().availableProcessors()
        : Integer.parseInt(threads.group(1));
  }
}
