/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.evolution;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Kernels {@code [C_out, C_in, kH, kW]} as numbers of Java: they are few, and every channel has an
 * operator of its own.
 */
final class KernelArray {
  final long outputs;
  final long inputs;
  final int height;
  final int width;
  final double[] values;

  private KernelArray(long outputs, long inputs, int height, int width, double[] values) {
    this.outputs = outputs;
    this.inputs = inputs;
    this.height = height;
    this.width = width;
    this.values = values;
  }

  static KernelArray of(INDArray kernels) {
    long[] shape = kernels.shape();
    return new KernelArray(
        shape[0],
        shape[1],
        Math.toIntExact(shape[2]),
        Math.toIntExact(shape[3]),
        kernels.castTo(DataType.DOUBLE).dup('c').data().asDouble());
  }

  /** Zeros of the same shape. */
  KernelArray like() {
    return new KernelArray(outputs, inputs, height, width, new double[values.length]);
  }

  void copyTo(INDArray kernels) {
    kernels.assign(Nd4j.createFromArray(values).reshape('c', outputs, inputs, height, width));
  }

  /** Where the numbers of a channel begin. */
  private int start(int output) {
    return (int) (output * inputs) * height * width;
  }

  /** {@code target += scale * w} for every kernel w of a channel. */
  void add(int output, double scale, KernelArray target) {
    for (int i = start(output); i < start(output + 1); i++) {
      target.values[i] += scale * values[i];
    }
  }

  /** The scalar product of what two arrays have for a channel. */
  double dot(KernelArray other, int output) {
    double sum = 0;
    for (int i = start(output); i < start(output + 1); i++) {
      sum += values[i] * other.values[i];
    }
    return sum;
  }

  /**
   * {@code target += scale * R w C^T} for every kernel w of a channel.
   *
   * @param rows R, along the height
   * @param columns C, along the width
   * @param target another array of the same shape
   */
  void addProduct(int output, Circulant rows, Circulant columns, double scale, KernelArray target) {
    double[] half = new double[height * width];
    for (int kernel = start(output); kernel < start(output + 1); kernel += height * width) {
      for (int i = 0; i < height; i++) {
        for (int j = 0; j < width; j++) {
          double sum = 0;
          for (int k = 0; k < height; k++) {
            sum += rows.at(i, k) * values[kernel + k * width + j];
          }
          half[i * width + j] = sum;
        }
      }
      for (int i = 0; i < height; i++) {
        for (int j = 0; j < width; j++) {
          double sum = 0;
          for (int k = 0; k < width; k++) {
            sum += columns.at(j, k) * half[i * width + k];
          }
          target.values[kernel + i * width + j] += scale * sum;
        }
      }
    }
  }
}
