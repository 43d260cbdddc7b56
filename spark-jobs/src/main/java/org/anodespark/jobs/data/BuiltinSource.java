/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.data;

import java.util.List;
import org.anodespark.jobs.data.builtin.BuiltinImages;
import org.anodespark.jobs.data.builtin.Shape;
import org.anodespark.jobs.failure.JobFailure;

/** The built-in data set: images that are drawn when they are read. */
final class BuiltinSource implements ImageSource {
  static final String NAME = "builtin-shapes";
  static final String NOTE =
      "Images drawn by anode-spark, not CIFAR: accuracies cannot be compared with CIFAR's.";

  private final BuiltinImages images;
  private final int train;
  private final int test;
  private final DataSetDescription description;

  /**
   * Draws nothing yet.
   *
   * @param seed any number; equal seeds give equal images
   * @param train images of the train split, at least 1
   * @param test images of the test split, at least 1
   */
  BuiltinSource(long seed, int train, int test) {
    requirePositive("data.builtin.train", train);
    requirePositive("data.builtin.test", test);
    this.images = new BuiltinImages(seed);
    this.train = train;
    this.test = test;
    this.description =
        new DataSetDescription(
            NAME,
            true,
            NOTE,
            seed,
            RecordLayout.cifar(
                List.of(new RecordLayout.LabelField("label", 0, Shape.classNames()))));
  }

  private static void requirePositive(String key, int value) {
    if (value < 1) {
      throw JobFailure.badConfiguration(key + " is " + value + ", expected 1 or more.");
    }
  }

  @Override
  public DataSetDescription description() {
    return description;
  }

  @Override
  public String identity() {
    return NAME + ", " + train + " train and " + test + " test images";
  }

  @Override
  public RecordReader open(SplitName split) {
    int end = split == SplitName.TRAIN ? train : test;
    return new RecordReader() {
      private int next;

      @Override
      public int skip(int count, byte[] scratch) {
        int skipped = Math.min(count, end - next);
        next += skipped;
        return skipped;
      }

      @Override
      public boolean read(byte[] record) {
        if (next == end) {
          return false;
        }
        if (split == SplitName.TRAIN) {
          images.drawTrain(next++, record);
        } else {
          images.drawTest(next++, record);
        }
        return true;
      }

      @Override
      public void close() {
        // nothing is held
      }
    };
  }

  @Override
  public void close() {
    // nothing is held
  }
}
