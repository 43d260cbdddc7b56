/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.job;

import com.typesafe.config.Config;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.function.Supplier;
import org.anodespark.jobs.config.ResolvedSettings;
import org.anodespark.jobs.config.Settings;
import org.anodespark.jobs.config.SparkMaster;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * What a job gets from the command line that started it.
 *
 * @param name the job's name, as typed
 * @param settings the typed settings; {@code run.dir} and {@code data.path} are filled in
 * @param resolved the same settings as they go into {@code resolved.conf}
 * @param master where {@code spark} runs
 * @param hadoop the Hadoop configuration, {@code spark.hadoop.*} settings included
 * @param spark starts Spark on the first call and gives the same context on later ones
 * @param allowedChanges settings, by key, that may differ from those of the run to be continued
 * @param out where lines for the user go
 * @param terminal whether {@code out} is a terminal, so that a line may be redrawn in place
 */
public record JobContext(
    String name,
    Settings settings,
    Config resolved,
    SparkMaster master,
    Configuration hadoop,
    Supplier<JavaSparkContext> spark,
    Set<String> allowedChanges,
    PrintStream out,
    boolean terminal) {
  /**
   * That of a job {@code train} that is a part of another job, and tells the user nothing.
   *
   * @param settings of the training
   */
  public static JobContext ofPart(
      ResolvedSettings settings,
      SparkMaster master,
      Configuration hadoop,
      Supplier<JavaSparkContext> spark,
      Set<String> allowedChanges) {
    return new JobContext(
        "train",
        settings.settings(),
        settings.config(),
        master,
        hadoop,
        spark,
        allowedChanges,
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8),
        false);
  }
}
