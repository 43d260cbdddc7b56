/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.benchmarks.kernels;

import java.util.Arrays;
import java.util.List;
import org.anodespark.odelayers.kernel.Kernels;
import org.anodespark.odelayers.kernel.nd4j.Nd4jKernels;
import org.anodespark.odelayers.kernel.onednn.OneDnnKernels;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The kernels that are measured: a backend and the type of its images. */
enum KernelFamily {
  ND4J("nd4j", DataType.FLOAT),
  ONEDNN("onednn", DataType.FLOAT),
  ONEDNN_BFLOAT16("onednn-bf16", DataType.BFLOAT16);

  private final String text;
  private final DataType images;

  KernelFamily(String text, DataType images) {
    this.text = text;
    this.images = images;
  }

  /** All names. */
  static List<String> names() {
    return Arrays.stream(values()).map(KernelFamily::toString).toList();
  }

  /**
   * The family of this name.
   *
   * @throws IllegalArgumentException if there is none
   */
  static KernelFamily of(String name) {
    return Arrays.stream(values())
        .filter(family -> family.text.equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "'" + name + "' is no kernel; expected one of " + names() + "."));
  }

  /** Makes the kernels. */
  Kernels kernels() {
    return this == ND4J ? new Nd4jKernels() : new OneDnnKernels();
  }

  /** Random images of this family's type. */
  INDArray images(KernelShape shape) {
    INDArray numbers = shape.images();
    if (images == numbers.dataType()) {
      return numbers;
    }
    INDArray typed = Nd4j.createUninitialized(images, numbers.shape());
    kernels().conversion().convert(numbers, typed);
    return typed;
  }

  @Override
  public String toString() {
    return text;
  }
}
