/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.checkpoint;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.anodespark.jobs.files.Sha256;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The format of a checkpoint: a zip file with an entry for each text (UTF-8) and each array (as
 * {@link Nd4j#write} writes it), and at last the entry {@value #CHECKSUMS}, which holds a line
 * {@code SHA-256 in hexadecimal, two spaces, name} for each of the others, as {@code sha256sum}
 * writes it. With the entries that {@code ModelSerializer} expects among them, Deeplearning4j reads
 * it as a model.
 */
final class CheckpointFile {
  static final String CHECKSUMS = "SHA256SUMS";

  private static final String ARRAY_SUFFIX = ".bin";
  private static final String SEPARATOR = "  ";

  private CheckpointFile() {}

  /** Writes a checkpoint; does not close the stream. */
  static void write(Checkpoint checkpoint, OutputStream out) throws IOException {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    checkpoint
        .texts()
        .forEach((name, text) -> entries.put(name, text.getBytes(StandardCharsets.UTF_8)));
    for (Map.Entry<String, INDArray> array : checkpoint.arrays().entrySet()) {
      entries.put(array.getKey(), bytes(array.getValue()));
    }
    StringBuilder checksums = new StringBuilder();
    entries.forEach(
        (name, content) ->
            checksums.append(Sha256.of(content)).append(SEPARATOR).append(name).append('\n'));
    entries.put(CHECKSUMS, checksums.toString().getBytes(StandardCharsets.UTF_8));

    ZipOutputStream zip = new ZipOutputStream(out, StandardCharsets.UTF_8);
    for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
      zip.putNextEntry(new ZipEntry(entry.getKey()));
      zip.write(entry.getValue());
      zip.closeEntry();
    }
    zip.finish();
  }

  /**
   * Reads a checkpoint.
   *
   * @throws IOException when a byte is not what was written, or missing; its message says what
   */
  static Checkpoint read(byte[] file) throws IOException {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(file))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        entries.put(entry.getName(), zip.readAllBytes());
      }
    } catch (IllegalArgumentException e) {
      // a name that is not UTF-8
      throw new IOException("it is no zip file", e);
    }
    verify(entries);

    Map<String, String> texts = new LinkedHashMap<>();
    Map<String, INDArray> arrays = new LinkedHashMap<>();
    for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
      if (entry.getKey().endsWith(ARRAY_SUFFIX)) {
        arrays.put(entry.getKey(), array(entry.getValue()));
      } else {
        texts.put(entry.getKey(), new String(entry.getValue(), StandardCharsets.UTF_8));
      }
    }
    return new Checkpoint(texts, arrays);
  }

  /** Takes the checksums out of the entries and compares. */
  private static void verify(Map<String, byte[]> entries) throws IOException {
    byte[] checksums = entries.remove(CHECKSUMS);
    if (checksums == null) {
      throw new IOException("its end is missing");
    }
    Map<String, String> expected = new LinkedHashMap<>();
    for (String line : new String(checksums, StandardCharsets.UTF_8).lines().toList()) {
      String[] parts = line.split(SEPARATOR, 2);
      if (parts.length != 2) {
        throw new IOException("its entry " + CHECKSUMS + " is damaged");
      }
      expected.put(parts[1], parts[0]);
    }
    if (!expected.keySet().equals(entries.keySet())) {
      throw new IOException(
          "its entries are " + entries.keySet() + ", expected " + expected.keySet());
    }
    for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
      if (!Sha256.of(entry.getValue()).equals(expected.get(entry.getKey()))) {
        throw new IOException("its entry " + entry.getKey() + " is damaged");
      }
    }
  }

  private static byte[] bytes(INDArray array) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Nd4j.write(array, new DataOutputStream(bytes));
    return bytes.toByteArray();
  }

  private static INDArray array(byte[] bytes) {
    return Nd4j.read(new DataInputStream(new ByteArrayInputStream(bytes)));
  }
}
