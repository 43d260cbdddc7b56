/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.data;

import org.anodespark.jobs.failure.JobFailure;
import org.anodespark.jobs.failure.Reason;
import org.apache.hadoop.fs.Path;

/** The sentences for shards that are not as the manifest says. */
final class ShardFailure {
  private static final String REMEDY = "; prepare the data set again.";

  private ShardFailure() {}

  static JobFailure missing(Path file, Exception cause) {
    return JobFailure.badConfiguration(
        file + " is missing, but the manifest lists it" + REMEDY, cause);
  }

  static JobFailure tooShort(Path file, long record, long bytes, long expectedBytes) {
    return JobFailure.badConfiguration(
        String.format(
            "%s ends at byte %d, in record %d, expected %d bytes as in the manifest%s",
            file, bytes, record, expectedBytes, REMEDY));
  }

  static JobFailure unreadable(Path file, long record, Exception cause) {
    return JobFailure.badConfiguration(
        String.format(
            "%s is damaged near record %d: the file system found a wrong checksum (%s)%s",
            file, record, Reason.of(cause), REMEDY),
        cause);
  }

  static JobFailure changed(Path file, Manifest.Shard shard, String sha256) {
    return JobFailure.badConfiguration(
        String.format(
            "%s is damaged, in one or more of its records 0 to %d: its SHA-256 is %s, expected %s"
                + " as in the manifest%s",
            file, shard.records() - 1, sha256, shard.sha256(), REMEDY));
  }
}
