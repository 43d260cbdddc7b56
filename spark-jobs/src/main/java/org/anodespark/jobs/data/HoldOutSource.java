/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.data;

import java.io.IOException;
import java.util.BitSet;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.anodespark.jobs.failure.JobFailure;

/**
 * Another source, some of whose train images are in the validation split instead. Both splits keep
 * the order of the source.
 */
final class HoldOutSource implements ImageSource {
  private final ImageSource source;
  private final BitSet heldOut;
  private final DataSetDescription description;

  private HoldOutSource(ImageSource source, BitSet heldOut, DataSetDescription description) {
    this.source = source;
    this.heldOut = heldOut;
    this.description = description;
  }

  /**
   * Reads the train split once, to see the classes of its images, and chooses.
   *
   * @param count images to hold out, at least 1
   * @param seed decides which; equal sources, counts and seeds give equal splits
   * @throws JobFailure if no train image would be left
   */
  static HoldOutSource of(ImageSource source, int count, long seed) throws IOException {
    DataSetDescription all = source.description();
    int[] labels = labels(source);
    if (count >= labels.length) {
      throw JobFailure.badConfiguration(
          String.format(
              "data.validation is %d, expected fewer than the %d train images that there are.",
              count, labels.length));
    }
    String note =
        String.format(
            "%s Of its %d train images %d are held out for validation, from each class its share,"
                + " chosen with seed %d.",
            all.note(), labels.length, count, seed);
    return new HoldOutSource(
        source,
        StratifiedChoice.choose(labels, count, seed),
        new DataSetDescription(all.name(), all.builtin(), note, all.seed(), all.layout()));
  }

  /** The class of each train image, by the label that tells most apart. */
  private static int[] labels(ImageSource source) throws IOException {
    RecordLayout layout = source.description().layout();
    int offset =
        layout.labels().stream()
            .max(Comparator.comparingInt(label -> label.classes().size()))
            .orElseThrow()
            .offset();
    IntStream.Builder labels = IntStream.builder();
    byte[] record = new byte[layout.recordBytes()];
    try (RecordReader records = source.open(SplitName.TRAIN)) {
      while (records.read(record)) {
        labels.add(record[offset] & 0xFF);
      }
    }
    return labels.build().toArray();
  }

  @Override
  public DataSetDescription description() {
    return description;
  }

  @Override
  public String identity() {
    return source.identity();
  }

  @Override
  public RecordReader open(SplitName split) throws IOException {
    if (split == SplitName.TEST) {
      return source.open(split);
    }
    RecordReader train = source.open(SplitName.TRAIN);
    return new RecordReader() {
      private int next;

      @Override
      public boolean read(byte[] record) throws IOException {
        while (heldOut.get(next++) != (split == SplitName.VALIDATION)) {
          if (train.skip(1, record) == 0) {
            return false;
          }
        }
        return train.read(record);
      }

      @Override
      public void close() throws IOException {
        train.close();
      }
    };
  }

  @Override
  public void close() throws IOException {
    source.close();
  }
}
