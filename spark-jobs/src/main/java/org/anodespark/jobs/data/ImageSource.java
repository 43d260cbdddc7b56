/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.data;

import java.io.Closeable;
import java.io.IOException;

/** Where the records of a data set come from, as the bytes of its {@link RecordLayout}. */
interface ImageSource extends Closeable {
  /** What the data set is; known before any record is read. */
  DataSetDescription description();

  /**
   * A text that changes when the records may have: with the files, their lengths and their times.
   */
  String identity();

  /** Starts reading a split from its first record. */
  RecordReader open(SplitName split) throws IOException;

  /** Records one after another; every one has labels in range. */
  interface RecordReader extends Closeable {
    /**
     * Reads the next record.
     *
     * @param record filled with one whole record
     * @return false if there is none; {@code record} is then unchanged
     */
    boolean read(byte[] record) throws IOException;

    /**
     * Passes over records.
     *
     * @param count how many, at least 0
     * @param scratch of the length of a record; its content is lost
     * @return how many there were, at most {@code count}
     */
    default int skip(int count, byte[] scratch) throws IOException {
      int skipped = 0;
      while (skipped < count && read(scratch)) {
        skipped++;
      }
      return skipped;
    }
  }
}
