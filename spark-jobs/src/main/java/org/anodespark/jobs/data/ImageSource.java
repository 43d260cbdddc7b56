/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.data;

import java.io.Closeable;
import java.io.IOException;

/** Where the records of a data set come from, in CIFAR's binary record format. */
interface ImageSource extends Closeable {
  /** What the data set is; known before any record is read. */
  DataSetDescription description();

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
  }
}
