/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.checkpoint;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The state of a training.
 *
 * @param texts by name, such as {@code state.json}; names are file names
 * @param arrays by name, such as {@code coefficients.bin}, of any shape and type; names are file
 *     names, others than those of the texts
 */
public record Checkpoint(Map<String, String> texts, Map<String, INDArray> arrays) {
  public Checkpoint {
    texts = Collections.unmodifiableMap(new LinkedHashMap<>(texts));
    arrays = Collections.unmodifiableMap(new LinkedHashMap<>(arrays));
  }
}
