/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.doctor;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.anodespark.jobs.config.OpenedPackages;

/**
 * The Java of a process.
 *
 * @param version in full
 * @param feature its first number
 * @param closedPackages those that Spark needs opened, and are not
 */
record JavaFacts(String version, int feature, ArrayList<String> closedPackages)
    implements Serializable {
  private static final int LEAST_FEATURE = 17;

  static JavaFacts here() {
    return new JavaFacts(
        System.getProperty("java.version"),
        Runtime.version().feature(),
        new ArrayList<>(OpenedPackages.closedHere()));
  }

  /**
   * Judges them.
   *
   * @param process whose Java it is
   */
  Finding finding(String process) {
    if (feature < LEAST_FEATURE) {
      return Finding.unsound(
          "java",
          "%s runs on Java %s: give it 17 or newer by JAVA_HOME (executors: spark.executorEnv.JAVA_HOME in spark.conf)"
              .formatted(process, version));
    }
    List<String> closed = closedPackages;
    return closed.isEmpty()
        ? Finding.sound("java", "%s: Java %s".formatted(process, version))
        : Finding.unsound(
            "java",
            "%s: Java %s is closed for %s: start it by submit.sh or spark-submit, and leave spark.driver.defaultJavaOptions and spark.executor.defaultJavaOptions as they are"
                .formatted(process, version, String.join(", ", closed)));
  }
}
