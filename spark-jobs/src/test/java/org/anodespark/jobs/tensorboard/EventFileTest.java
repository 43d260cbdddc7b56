/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.tensorboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.anodespark.jobs.testing.EventFileReader;
import org.anodespark.jobs.testing.EventFileReader.Event;
import org.junit.jupiter.api.Test;

class EventFileTest {
  private static final Instant TIME = Instant.parse("2026-01-02T03:04:05.500Z");
  private static final double SECONDS = 1767323045.5;

  @Test
  void isReadBackWithItsChecksums() throws IOException {
    byte[] file =
        write(
            new ScalarEvent(TIME, 0, Map.of("train/loss", 2.5)),
            new ScalarEvent(
                TIME.plusSeconds(2), 1L << 40, Map.of("train/loss", -0.5, "ümlaut", 1e-30)));

    assertThat(EventFileReader.read(file))
        .containsExactly(
            new Event(SECONDS, 0, "brain.Event:2", Map.of()),
            new Event(SECONDS, 0, null, Map.of("train/loss", 2.5f)),
            new Event(SECONDS + 2, 1L << 40, null, Map.of("train/loss", -0.5f, "ümlaut", 1e-30f)));
  }

  @Test
  void beginsAsEveryFileOfTensorFlowDoes() throws IOException {
    byte[] file = write(new ScalarEvent(TIME, 0, Map.of("a", 1.0)));

    // a record of 24 bytes, and the checksum that TensorFlow gives that length
    assertThat(HexFormat.of().formatHex(Arrays.copyOf(file, 12)))
        .isEqualTo("1800000000000000a37f4b22");
  }

  @Test
  void damageIsNoticedByTheReader() throws IOException {
    byte[] file = write(new ScalarEvent(TIME, 3, Map.of("train/loss", 2.5)));
    file[file.length - 6] ^= 1;

    assertThatIOException()
        .isThrownBy(() -> EventFileReader.read(file))
        .withMessageContaining("checksum");
  }

  private static byte[] write(ScalarEvent... events) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    EventFile.write(out, List.of(events));
    return out.toByteArray();
  }
}
