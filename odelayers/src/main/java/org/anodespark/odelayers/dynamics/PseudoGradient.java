/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.dynamics;

import java.util.function.BooleanSupplier;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A part of a gradient view that DL4J subtracts from the parameters as it is, such as that of the
 * running statistics of batch normalisation.
 *
 * @param slice of the view, contiguous
 * @param written whether the latest pullback has written it; layers with statistics for parts of
 *     the time write one of them at a time
 */
public record PseudoGradient(INDArray slice, BooleanSupplier written) {
  /** One that every pullback writes. */
  public static PseudoGradient ofEveryPullback(INDArray slice) {
    return new PseudoGradient(slice, () -> true);
  }
}
