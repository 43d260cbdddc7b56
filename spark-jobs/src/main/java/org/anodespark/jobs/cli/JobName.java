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
  PREPARE,
  /** Reads shards again and holds them against their manifest. */
  CHECK,
  /** Trains a network on shards. */
  TRAIN,
  /** Measures how well a trained network does on shards. */
  EVALUATE,
  /** Classifies images with a trained network. */
  PREDICT,
  /** Writes a trained network for other programs. */
  EXPORT,
  /** Lays runs side by side on a page. */
  REPORT,
  /** Finds out whether this machine and the cluster are able to train. */
  DOCTOR;

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
