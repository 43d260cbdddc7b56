/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.config;

import com.typesafe.config.ConfigObject;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.anodespark.jobs.block.KernelChoices;

/**
 * Section {@code spark}.
 *
 * @param master a master URL, or empty for {@code local-cluster} with the executors below
 * @param executors at least 1
 * @param coresPerExecutor at least 1
 * @param executorHeapMebibytes at least {@value #LEAST_HEAP_MEBIBYTES}, below which Spark refuses
 *     to start
 * @param driverHeapMebibytes as for the executors
 * @param nativeMebibytes at least {@value #LEAST_NATIVE_MEBIBYTES}
 * @param kernels one of {@link KernelChoices}: what executors and driver compute with
 * @param nativeJars the folder, on every machine, of jars with the native libraries that the
 *     submitted jar lacks; empty if it has them
 * @param gpu whether each executor gets a GPU
 * @param registrationSeconds how long to wait for the first executor, at least 1
 * @param conf Spark's own properties by full name, sorted
 */
public record SparkSettings(
    String master,
    int executors,
    int coresPerExecutor,
    int executorHeapMebibytes,
    int driverHeapMebibytes,
    int nativeMebibytes,
    String kernels,
    String nativeJars,
    boolean gpu,
    int registrationSeconds,
    Map<String, String> conf) {
  private static final int LEAST_HEAP_MEBIBYTES = 512;
  private static final int LEAST_NATIVE_MEBIBYTES = 256;

  /** What Java itself takes beyond heap and native memory: classes, compiled code, threads. */
  private static final int JAVA_OVERHEAD_MEBIBYTES = 512;

  private static final int MOST_MEBIBYTES = 16 * 1024 * 1024;

  private static final Pattern MASTER =
      Pattern.compile(
          "|local|local\\[(\\*|\\d+)(,\\s*\\d+)?]"
              + "|local-cluster\\[\\s*\\d+\\s*,\\s*\\d+\\s*,\\s*\\d+\\s*]"
              + "|yarn|spark://.+|k8s://.+");

  /** It becomes part of a class path. */
  private static final Pattern NO_URI = Pattern.compile("[^:]*");

  public SparkSettings {
    conf = Collections.unmodifiableSortedMap(new TreeMap<>(conf));
  }

  static SparkSettings from(SettingReader reader) {
    return new SparkSettings(
        reader.text(
            "spark.master",
            MASTER.asMatchPredicate(),
            "nothing, local[N], local-cluster[EXECUTORS,CORES,MEBIBYTES], spark://HOST:PORT, yarn or"
                + " k8s://URL"),
        reader.wholeNumber("spark.executors", 1),
        reader.wholeNumber("spark.cores-per-executor", 1),
        reader.wholeNumber("spark.executor-heap-mebibytes", LEAST_HEAP_MEBIBYTES, MOST_MEBIBYTES),
        reader.wholeNumber("spark.driver-heap-mebibytes", LEAST_HEAP_MEBIBYTES, MOST_MEBIBYTES),
        reader.wholeNumber("spark.native-mebibytes", LEAST_NATIVE_MEBIBYTES, MOST_MEBIBYTES),
        reader.choice("spark.kernels", KernelChoices.CHOICES.names()),
        reader.text(
            "spark.native-jars",
            NO_URI.asMatchPredicate(),
            "nothing, or a folder that is on every machine under the same path, without \":\""),
        reader.flag("spark.gpu"),
        reader.wholeNumber("spark.registration-seconds", 1),
        properties(reader.section(SparkProperties.SECTION)));
  }

  /**
   * Native memory of the driver: as much as of one executor, or as all of them if it does their
   * work.
   */
  public long driverNativeMebibytes(SparkMaster master) {
    return (long) nativeMebibytes * (master.worksInDriver() ? executors : 1);
  }

  /** What an executor takes beside its Java heap: native memory and Java's own. */
  public long executorOverheadMebibytes() {
    return (long) nativeMebibytes + JAVA_OVERHEAD_MEBIBYTES;
  }

  /**
   * What the driver takes beside its Java heap: as an executor, and Spark's scheduler, its user
   * interface and, in a local cluster, the master.
   */
  public long driverOverheadMebibytes(SparkMaster master) {
    return driverNativeMebibytes(master) + 2 * JAVA_OVERHEAD_MEBIBYTES;
  }

  private static Map<String, String> properties(ConfigObject section) {
    return section.entrySet().stream()
        .collect(
            Collectors.toMap(
                Map.Entry::getKey, entry -> String.valueOf(entry.getValue().unwrapped())));
  }
}
