/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.model;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.shape.options.ArrayOptionsHelper;
import org.nd4j.linalg.factory.Nd4j;

/**
 * One row of numbers, as ND4J writes it: a buffer that describes the array, and a buffer with its
 * numbers, each after a header with its length and type.
 *
 * <p>ND4J reads such a stream without doubt: it allocates what a header says, and believes the
 * strides of the description. So everything before the numbers is held against what describes a row
 * of the expected length, and only then does ND4J read.
 *
 * @param length how many numbers
 * @param type of each
 */
record ArrayEntry(long length, DataType type) {
  private static final String MODE = "MIXED_DATA_TYPES";

  /** Rank, length, stride, options, stride between elements, order. */
  private static final int DESCRIPTION = 6;

  /** Bytes of the whole stream. */
  long bytes() {
    return descriptionHeader().length
        + (long) DESCRIPTION * Long.BYTES
        + numbersHeader().length
        + length * type.width();
  }

  /**
   * Reads the row.
   *
   * @param in at least {@link #bytes()} long
   * @throws IOException if it does not hold such a row; the message goes on from the entry's name
   */
  INDArray read(InputStream in) throws IOException {
    byte[] descriptionHeader = in.readNBytes(descriptionHeader().length);
    byte[] description = in.readNBytes(DESCRIPTION * Long.BYTES);
    byte[] numbersHeader = in.readNBytes(numbersHeader().length);
    if (!Arrays.equals(descriptionHeader, descriptionHeader())
        || !describesTheRow(description)
        || !Arrays.equals(numbersHeader, numbersHeader())) {
      throw new IOException("is not one row of %d numbers of type %s".formatted(length, type));
    }
    ByteArrayOutputStream start = new ByteArrayOutputStream();
    start.write(descriptionHeader);
    start.write(description);
    start.write(numbersHeader);
    try {
      return Nd4j.read(
          new DataInputStream(
              new SequenceInputStream(new ByteArrayInputStream(start.toByteArray()), in)));
    } catch (RuntimeException e) {
      throw new IOException("ends before its last number", e);
    }
  }

  private boolean describesTheRow(byte[] bytes) {
    if (bytes.length != DESCRIPTION * Long.BYTES) {
      return false;
    }
    long[] found = new long[DESCRIPTION];
    ByteBuffer.wrap(bytes).asLongBuffer().get(found);
    return found[0] == 1
        && found[1] == length
        && found[2] == 1
        && found[3] == ArrayOptionsHelper.setOptionBit(0L, type)
        && found[4] == 1
        && (found[5] == 'c' || found[5] == 'f');
  }

  private static byte[] descriptionHeader() {
    return header(DESCRIPTION, DataType.INT64);
  }

  private byte[] numbersHeader() {
    return header(length, type);
  }

  private static byte[] header(long length, DataType type) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    try {
      out.writeUTF(MODE);
      out.writeLong(length);
      out.writeUTF(type.name());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return bytes.toByteArray();
  }
}
