/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.train;

/**
 * How the jobs of a training are told, in Spark's user interface and when they are cancelled, from
 * those of others in the same application.
 *
 * @param name of the training; empty if it is the only one
 */
record TrainingLabel(String name) {
  /** Of a training that has the application to itself. */
  static final TrainingLabel NONE = new TrainingLabel("");

  private static final String GROUP = "train";

  /** The group of its rounds and evaluations. */
  String group() {
    return name.isEmpty() ? GROUP : GROUP + " " + name;
  }

  /** What a job of it is called. */
  String describe(String job) {
    return name.isEmpty() ? job : name + ": " + job;
  }
}
