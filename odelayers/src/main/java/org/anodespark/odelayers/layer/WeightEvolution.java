/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.layer;

import java.io.Serializable;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonTypeInfo;

/**
 * How the weights w(t) of a convolution evolve from those that it learns, w(0), by coefficients
 * that it learns, too. A configuration bean: Jackson can write and read it, {@code equals} goes by
 * value, and it never changes.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.CLASS, property = "@class")
public interface WeightEvolution extends Serializable {
  /**
   * What is learned for each channel that the convolution puts out.
   *
   * @param name of the parameter, of letters
   * @param initial its value at first
   * @param minimum below which it is not let; negative infinity for none
   */
  record Coefficient(String name, double initial, double minimum) {}

  /** The coefficients, of different names; the same list at each call. */
  List<Coefficient> coefficients();

  /**
   * The course of weights.
   *
   * @param weights w(0), {@code [C_out, C_in, kH, kW]}, left as they are and not changed before the
   *     path is done with
   * @param coefficients one row for each of {@link #coefficients}, {@code [K, C_out]}; the same
   */
  WeightPath path(INDArray weights, INDArray coefficients);
}
