/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.data;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.anodespark.jobs.failure.JobFailure;

/**
 * Counts how often each pixel value occurs in each channel. Mean and standard deviation come from
 * these whole numbers, so that they do not depend on the order of the images.
 */
final class ChannelHistogram implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int VALUES = 256;

  private final RecordLayout layout;
  private final long[][] counts;

  ChannelHistogram(RecordLayout layout) {
    this.layout = layout;
    this.counts = new long[layout.channels()][VALUES];
  }

  /** Counts the pixels of one record. */
  void add(byte[] record) {
    int position = layout.pixelOffset();
    for (long[] channel : counts) {
      for (int i = 0; i < layout.planeBytes(); i++) {
        channel[record[position++] & 0xFF]++;
      }
    }
  }

  /** Counts what another histogram of the same layout has counted. */
  void add(ChannelHistogram other) {
    for (int channel = 0; channel < counts.length; channel++) {
      for (int value = 0; value < VALUES; value++) {
        counts[channel][value] += other.counts[channel][value];
      }
    }
  }

  /** Mean of each channel, in units where a pixel is 0 to 1. */
  List<Double> means() {
    List<Double> means = new ArrayList<>();
    for (long[] channel : counts) {
      means.add(mean(channel) / (VALUES - 1));
    }
    return means;
  }

  /** Standard deviation (of the population) of each channel, in units where a pixel is 0 to 1. */
  List<Double> standardDeviations() {
    List<Double> deviations = new ArrayList<>();
    for (long[] channel : counts) {
      double mean = mean(channel);
      double sum = 0;
      long pixels = 0;
      for (int value = 0; value < VALUES; value++) {
        sum += channel[value] * (value - mean) * (value - mean);
        pixels += channel[value];
      }
      deviations.add(Math.sqrt(sum / pixels) / (VALUES - 1));
    }
    return deviations;
  }

  /**
   * Returns if no channel is constant.
   *
   * @throws JobFailure if all pixels of a channel are equal, so that it cannot be normalised
   */
  void requireVaryingChannels() {
    List<Double> deviations = standardDeviations();
    int constant = deviations.indexOf(0.0);
    if (constant >= 0) {
      throw JobFailure.badConfiguration(
          String.format(
              "All train pixels of channel %d have the value %.0f, expected images: a constant"
                  + " channel cannot be normalised.",
              constant, mean(counts[constant])));
    }
  }

  private static double mean(long[] channel) {
    long sum = 0;
    long pixels = 0;
    for (int value = 0; value < VALUES; value++) {
      sum += value * channel[value];
      pixels += channel[value];
    }
    return sum / (double) pixels;
  }
}
