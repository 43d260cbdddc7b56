/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.kernel.onednn;

import java.util.Arrays;
import java.util.List;
import org.anodespark.odelayers.kernel.GroupNormKernel;
import org.anodespark.odelayers.kernel.Nonlinearity;
import org.anodespark.odelayers.memory.ArrayPool;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Group normalisation, float32 or bfloat16 with float32 statistics, made of oneDNN's batch norm of
 * one example at a time, which finds it in the cache at every pass but the first: one pass for mean
 * and variance of each channel, which are put together to those of the groups, and one that
 * normalises by them. (oneDNN 3.11 has a group norm, but its gradient is a plain loop, 300 times as
 * slow as that of its batch norm, and its forward pass writes behind its buffers here.)
 *
 * <p>With the group's statistics taken for constants, batch norm's gradient gives {@code gamma / s
 * dy} and the sums over the pixels of {@code dy} and of {@code dy z}, z being the normalised x;
 * what the statistics add is then a scale and a shift of z for each channel. A record holds the
 * means {@code [N, G]} and the variances behind them.
 */
final class OneDnnGroupNorm implements GroupNormKernel {
  private final int groups;
  private final float epsilon;
  private final boolean rectified;

  OneDnnGroupNorm(int groups, double epsilon, boolean rectified) {
    this.groups = groups;
    this.epsilon = (float) epsilon;
    this.rectified = rectified;
  }

  @Override
  public long recordLength(INDArray x) {
    return 2 * x.size(0) * groups;
  }

  @Override
  public boolean readsOutput() {
    return rectified;
  }

  @Override
  public void forward(
      INDArray x, INDArray gamma, INDArray beta, INDArray y, INDArray keptRecord, ArrayPool pool) {
    INDArray result = Typed.resultFor(x.dataType(), y, pool);
    INDArray ofExample = pool.borrow(2 * gamma.length());
    Statistics statistics = new Statistics(new float[Math.toIntExact(recordLength(x))], gamma);
    BatchNormOperations first = operations(x, false);
    BatchNormOperations second = operations(x, rectified);
    long entries = x.length() / x.size(0);
    for (int n = 0; n < x.size(0); n++) {
      // what it normalises by the channels' statistics is overwritten at once
      first.forwardTraining(x, gamma, beta, ofExample, result, n * entries, pool);
      statistics.join(ofExample, n);
      second.forwardInference(x, gamma, beta, ofExample, result, n * entries, pool);
    }
    Floats.write(statistics.ofGroups, keptRecord);
    pool.giveBack(ofExample);
    Typed.finish(result, y, pool);
  }

  /** The scale stands behind the normalisation: {@code dy = gamma P dx}. */
  @Override
  public void pushforward(
      INDArray x,
      INDArray y,
      INDArray gamma,
      INDArray keptRecord,
      INDArray dx,
      INDArray dy,
      ArrayPool pool) {
    INDArray addition = pool.borrow(x.dataType(), x.shape());
    INDArray direction = Typed.as(x.dataType(), dx, pool);
    INDArray result = Typed.resultFor(x.dataType(), dy, pool);
    product(x, gamma, keptRecord, direction, ones(gamma), Floats.of(gamma), result, addition, pool);
    pool.giveBack(addition);
    Typed.giveBack(direction, dx, pool);
    Typed.finish(result, dy, pool);
    if (rectified) {
      Elementwise.derivativeOfResult(Nonlinearity.RELU, y, dy, pool);
    }
  }

  /** The Jacobian P of the normalisation is symmetric: {@code dx = P (gamma dy)}. */
  @Override
  public void backward(
      INDArray x,
      INDArray y,
      INDArray gamma,
      INDArray keptRecord,
      INDArray dy,
      INDArray dx,
      INDArray dGamma,
      INDArray dBeta,
      ArrayPool pool) {
    if (rectified) {
      Elementwise.derivativeOfResult(Nonlinearity.RELU, y, dy, pool);
    }
    INDArray gradient = Typed.as(x.dataType(), dy, pool);
    INDArray result = Typed.resultFor(x.dataType(), dx, pool);
    Sums sums =
        product(
            x, gamma, keptRecord, gradient, Floats.of(gamma), ones(gamma), result, gradient, pool);
    Floats.write(sums.totalOfProducts, dGamma);
    Floats.write(sums.total, dBeta);
    Typed.giveBack(gradient, dy, pool);
    Typed.finish(result, dx, pool);
  }

  private static float[] ones(INDArray gamma) {
    float[] ones = new float[Math.toIntExact(gamma.length())];
    Arrays.fill(ones, 1f);
    return ones;
  }

  /**
   * {@code out := behind * P (before * d)}, where one of the two is gamma and the other 1.
   *
   * @param addition receives what the statistics contribute; may be {@code d}
   * @return the sums over all pixels
   */
  private Sums product(
      INDArray x,
      INDArray gamma,
      INDArray keptRecord,
      INDArray d,
      float[] before,
      float[] behind,
      INDArray out,
      INDArray addition,
      ArrayPool pool) {
    Statistics statistics = new Statistics(Floats.of(keptRecord), gamma);
    BatchNormOperations operations = operations(x, false);
    INDArray ofExample = pool.borrow(2 * gamma.length());
    INDArray scale = pool.borrow(gamma.length());
    INDArray shift = pool.borrow(gamma.length());
    Sums sums = new Sums(statistics, before, behind, x.length() / (x.size(0) * groups));
    long entries = x.length() / x.size(0);
    for (int n = 0; n < x.size(0); n++) {
      statistics.spread(n, ofExample);
      operations.backwardInference(x, gamma, ofExample, d, out, scale, shift, n * entries, pool);
      sums.replaceByContribution(n, scale, shift);
      operations.forwardInference(x, scale, shift, ofExample, addition, n * entries, pool);
    }
    pool.giveBack(shift);
    pool.giveBack(scale);
    pool.giveBack(ofExample);
    new OneDnnSums().combine(out, out, new double[] {1.0}, List.of(addition));
    return sums;
  }

  private BatchNormOperations operations(INDArray x, boolean withReLU) {
    return BatchNormOperations.of(
        new BatchNormOperations.Key(ArrayForm.ofOneExample(x), epsilon, withReLU));
  }

  /** Mean and variance of every example's groups. */
  private final class Statistics {
    private final float[] ofGroups;
    private final float[] ofChannels;
    private final int channels;
    private final int ofGroup;

    Statistics(float[] ofGroups, INDArray gamma) {
      this.ofGroups = ofGroups;
      channels = Math.toIntExact(gamma.length());
      ofGroup = channels / groups;
      ofChannels = new float[2 * channels];
    }

    private int mean(int example, int group) {
      return example * groups + group;
    }

    private int variance(int example, int group) {
      return ofGroups.length / 2 + mean(example, group);
    }

    /** From an example's channels to its groups, which replace the channels'. */
    void join(INDArray ofExample, int example) {
      Floats.read(ofExample, ofChannels);
      for (int group = 0; group < groups; group++) {
        double mean = 0;
        for (int c = group * ofGroup; c < (group + 1) * ofGroup; c++) {
          mean += ofChannels[c];
        }
        mean /= ofGroup;
        double variance = 0;
        for (int c = group * ofGroup; c < (group + 1) * ofGroup; c++) {
          double offset = ofChannels[c] - mean;
          variance += ofChannels[channels + c] + offset * offset;
        }
        ofGroups[mean(example, group)] = (float) mean;
        ofGroups[variance(example, group)] = (float) (variance / ofGroup);
      }
      spread(example, ofExample);
    }

    /** An example's statistics, for each of its channels. */
    void spread(int example, INDArray ofExample) {
      for (int c = 0; c < channels; c++) {
        ofChannels[c] = ofGroups[mean(example, c / ofGroup)];
        ofChannels[channels + c] = ofGroups[variance(example, c / ofGroup)];
      }
      Floats.write(ofChannels, ofExample);
    }

    double inverseDeviation(int example, int group) {
      return 1 / Math.sqrt((double) ofGroups[variance(example, group)] + epsilon);
    }
  }

  /** What becomes of the sums over an example's pixels. */
  private final class Sums {
    private final Statistics statistics;
    private final float[] before;
    private final float[] behind;
    private final long values;
    private final float[] ofProducts;
    private final float[] ofValues;
    private final float[] totalOfProducts;
    private final float[] total;

    /**
     * @param values in a group
     */
    Sums(Statistics statistics, float[] before, float[] behind, long values) {
      this.statistics = statistics;
      this.before = before;
      this.behind = behind;
      this.values = values;
      ofProducts = new float[before.length];
      ofValues = new float[before.length];
      totalOfProducts = new float[before.length];
      total = new float[before.length];
    }

    /**
     * What the statistics contribute to the gradient, as scale and shift of the normalised x.
     *
     * @param scale holds the sums of d times the normalised x for each channel
     * @param shift holds the sums of d for each channel
     */
    void replaceByContribution(int example, INDArray scale, INDArray shift) {
      Floats.read(scale, ofProducts);
      Floats.read(shift, ofValues);
      int ofGroup = before.length / groups;
      for (int group = 0; group < groups; group++) {
        double products = 0;
        double sum = 0;
        for (int c = group * ofGroup; c < (group + 1) * ofGroup; c++) {
          totalOfProducts[c] += ofProducts[c];
          total[c] += ofValues[c];
          products += (double) before[c] * ofProducts[c];
          sum += (double) before[c] * ofValues[c];
        }
        double factor = -statistics.inverseDeviation(example, group) / values;
        for (int c = group * ofGroup; c < (group + 1) * ofGroup; c++) {
          ofProducts[c] = (float) (factor * behind[c] * products);
          ofValues[c] = (float) (factor * behind[c] * sum);
        }
      }
      Floats.write(ofProducts, scale);
      Floats.write(ofValues, shift);
    }
  }
}
