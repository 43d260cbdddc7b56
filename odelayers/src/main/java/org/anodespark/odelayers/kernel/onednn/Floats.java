/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.kernel.onednn;

import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Small float32 arrays of ND4J as plain ones, copied as a whole: numbers one by one are slow. */
final class Floats {
  private Floats() {}

  /** All numbers of an array. */
  static float[] of(INDArray array) {
    float[] numbers = new float[Math.toIntExact(array.length())];
    read(array, numbers);
    return numbers;
  }

  /** Reads as many numbers as fit. */
  static void read(INDArray array, float[] numbers) {
    at(array).get(numbers);
  }

  /** Overwrites the first numbers of an array. */
  static void write(float[] numbers, INDArray array) {
    at(array).put(numbers);
  }

  private static FloatPointer at(INDArray array) {
    return new FloatPointer(array.data().addressPointer());
  }
}
