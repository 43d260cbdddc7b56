/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.tensorboard;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;
import org.nd4j.shade.protobuf.CodedOutputStream;

/**
 * An events file of TensorBoard: records that begin with their length and its checksum and end with
 * the checksum of the rest, the first of them telling the version of the format.
 *
 * <p>Format: {@code tensorflow/core/lib/io/record_writer.h}, {@code
 * tensorflow/core/util/event.proto} and {@code tensorflow/core/framework/summary.proto} of
 * TensorFlow.
 */
public final class EventFile {
  /** What the name of each file must contain for TensorBoard to read it. */
  public static final String NAME_PREFIX = "events.out.tfevents.";

  private static final String VERSION = "brain.Event:2";

  /** Numbers of fields. */
  private static final int EVENT_WALL_TIME = 1;

  private static final int EVENT_STEP = 2;
  private static final int EVENT_FILE_VERSION = 3;
  private static final int EVENT_SUMMARY = 5;
  private static final int SUMMARY_VALUE = 1;
  private static final int VALUE_TAG = 1;
  private static final int VALUE_SIMPLE_VALUE = 2;

  private static final int MASK_ROTATION = 15;
  private static final int MASK_DELTA = 0xa282ead8;
  private static final double NANOSECONDS_PER_SECOND = 1e9;

  private EventFile() {}

  /**
   * Writes a whole file.
   *
   * @param out is not closed
   * @param events at least one, in the order of their times
   */
  public static void write(OutputStream out, List<ScalarEvent> events) throws IOException {
    writeRecord(
        out,
        message(
            event -> {
              event.writeDouble(EVENT_WALL_TIME, seconds(events.get(0).time()));
              event.writeString(EVENT_FILE_VERSION, VERSION);
            }));
    for (ScalarEvent event : events) {
      writeRecord(out, bytes(event));
    }
  }

  private static byte[] bytes(ScalarEvent scalars) throws IOException {
    byte[] summary =
        message(
            out -> {
              for (Map.Entry<String, Double> scalar : scalars.values().entrySet()) {
                out.writeByteArray(SUMMARY_VALUE, value(scalar));
              }
            });
    return message(
        event -> {
          event.writeDouble(EVENT_WALL_TIME, seconds(scalars.time()));
          event.writeInt64(EVENT_STEP, scalars.step());
          event.writeByteArray(EVENT_SUMMARY, summary);
        });
  }

  private static byte[] value(Map.Entry<String, Double> scalar) throws IOException {
    return message(
        value -> {
          value.writeString(VALUE_TAG, scalar.getKey());
          value.writeFloat(VALUE_SIMPLE_VALUE, scalar.getValue().floatValue());
        });
  }

  private static byte[] message(Fields fields) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    fields.writeTo(out);
    out.flush();
    return bytes.toByteArray();
  }

  private static double seconds(Instant time) {
    return time.getEpochSecond() + time.getNano() / NANOSECONDS_PER_SECOND;
  }

  private static void writeRecord(OutputStream out, byte[] data) throws IOException {
    byte[] length = littleEndian(Long.BYTES).putLong(data.length).array();
    out.write(length);
    out.write(littleEndian(Integer.BYTES).putInt(maskedChecksum(length)).array());
    out.write(data);
    out.write(littleEndian(Integer.BYTES).putInt(maskedChecksum(data)).array());
  }

  private static ByteBuffer littleEndian(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Masked, because the checksum of data that hold their own checksum would be constant. */
  private static int maskedChecksum(byte[] data) {
    CRC32C checksum = new CRC32C();
    checksum.update(data);
    return Integer.rotateRight((int) checksum.getValue(), MASK_ROTATION) + MASK_DELTA;
  }

  /** Fields of a message. */
  @FunctionalInterface
  private interface Fields {
    void writeTo(CodedOutputStream message) throws IOException;
  }
}
