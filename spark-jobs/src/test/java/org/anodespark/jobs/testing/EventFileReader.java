/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.testing;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.nd4j.shade.protobuf.CodedInputStream;
import org.nd4j.shade.protobuf.WireFormat;

/** Reads events files of TensorBoard, and refuses those that are damaged. */
public final class EventFileReader {
  private EventFileReader() {}

  /**
   * What was read of an event.
   *
   * @param fileVersion null but for the first one
   */
  public record Event(double wallTime, long step, String fileVersion, Map<String, Float> scalars) {}

  public static List<Event> read(byte[] file) throws IOException {
    ByteBuffer in = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    List<Event> events = new ArrayList<>();
    while (in.hasRemaining()) {
      byte[] length = bytes(in, 8);
      requireChecksum(length, in.getInt());
      byte[] data =
          bytes(in, (int) ByteBuffer.wrap(length).order(ByteOrder.LITTLE_ENDIAN).getLong());
      requireChecksum(data, in.getInt());
      events.add(event(data));
    }
    return events;
  }

  private static byte[] bytes(ByteBuffer in, int count) {
    byte[] bytes = new byte[count];
    in.get(bytes);
    return bytes;
  }

  private static void requireChecksum(byte[] data, int masked) throws IOException {
    // Castagnoli's polynomial, bit by bit
    int crc = ~0;
    for (byte next : data) {
      crc ^= next & 0xff;
      for (int bit = 0; bit < 8; bit++) {
        crc = (crc >>> 1) ^ ((crc & 1) == 0 ? 0 : 0x82f63b78);
      }
    }
    crc = ~crc;
    int expected = ((crc >>> 15) | (crc << 17)) + 0xa282ead8;
    if (masked != expected) {
      throw new IOException("checksum is %08x, expected %08x".formatted(masked, expected));
    }
  }

  private static Event event(byte[] data) throws IOException {
    CodedInputStream in = CodedInputStream.newInstance(data);
    double wallTime = Double.NaN;
    long step = 0;
    String fileVersion = null;
    Map<String, Float> scalars = new TreeMap<>();
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (WireFormat.getTagFieldNumber(tag)) {
        case 1 -> wallTime = in.readDouble();
        case 2 -> step = in.readInt64();
        case 3 -> fileVersion = in.readString();
        case 5 -> readSummary(in.readByteArray(), scalars);
        default -> throw new IOException("unexpected field of an event: tag " + tag);
      }
    }
    return new Event(wallTime, step, fileVersion, scalars);
  }

  private static void readSummary(byte[] data, Map<String, Float> scalars) throws IOException {
    CodedInputStream in = CodedInputStream.newInstance(data);
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      CodedInputStream value = CodedInputStream.newInstance(in.readByteArray());
      value.readTag();
      String name = value.readString();
      value.readTag();
      scalars.put(name, value.readFloat());
    }
  }
}
