/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.cli;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.anodespark.jobs.config.NearestName;
import org.anodespark.jobs.failure.JobFailure;

/** The jobs that {@code submit.sh} knows by name. */
public enum JobName {
  /** Makes shards and their manifest from a data set. */
  PREPARE(false),
  /** Reads shards again and holds them against their manifest. */
  CHECK(false),
  /** Trains a network on shards. */
  TRAIN(true),
  /** Trains a grid of methods, networks and seeds, and lays them side by side. */
  EXPERIMENT(true),
  /** Searches settings. */
  SWEEP(true),
  /** Measures how well a trained network does on shards. */
  EVALUATE(true),
  /** Classifies images with a trained network. */
  PREDICT(true),
  /** Writes a trained network for other programs. */
  EXPORT(true),
  /** Lays runs side by side on a page. */
  REPORT(false),
  /** Finds out whether this machine and the cluster are able to train. */
  DOCTOR(true);

  private final boolean computes;

  JobName(boolean computes) {
    this.computes = computes;
  }

  /** Whether it needs ND4J in the driver. */
  boolean computes() {
    return computes;
  }

  /** The name as typed. */
  public String typed() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Finds a job by its name.
   *
   * @throws JobFailure exit code 2, naming the known jobs
   */
  static JobName of(String typed) {
    List<String> known = Arrays.stream(values()).map(JobName::typed).toList();
    int index = known.indexOf(typed);
    if (typed.isEmpty()) {
      throw JobFailure.badConfiguration(
          "No job is given: expected one of " + String.join(", ", known) + ".");
    }
    if (index < 0) {
      String suggestion =
          NearestName.of(typed, known).map(name -> " (did you mean " + name + "?)").orElse("");
      throw JobFailure.badConfiguration(
          String.format(
              "Unknown job %s%s: expected one of %s.",
              typed, suggestion, String.join(", ", known)));
    }
    return values()[index];
  }
}
