/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.model;

import org.anodespark.jobs.failure.JobFailure;

/** Makes the sentences about one file. */
record ModelRefusal(String file) {
  private static final String REMEDY = "; expected a file that the job train wrote.";

  /** Of the file as a whole. */
  JobFailure of(String complaint, Exception cause) {
    return JobFailure.badConfiguration("The model " + file + " " + complaint + REMEDY, cause);
  }

  /** Of one of its entries. */
  JobFailure of(String entry, String complaint) {
    return of(entry, complaint, null);
  }

  /** Of one of its entries, with the exception that revealed it. */
  JobFailure of(String entry, String complaint, Exception cause) {
    return JobFailure.badConfiguration(
        "The model %s is refused: its entry %s %s%s".formatted(file, entry, complaint, REMEDY),
        cause);
  }
}
