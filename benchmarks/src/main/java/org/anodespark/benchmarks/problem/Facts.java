/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.benchmarks.problem;

/** Names of the numbers that tell whether everybody computed the same, and of what it took. */
public final class Facts {
  /** Euclidean norm of y(1). */
  public static final String OUTPUT_NORM = "output_norm";

  /** Euclidean norm of the gradient of the input. */
  public static final String INPUT_GRADIENT_NORM = "input_gradient_norm";

  /** Euclidean norm of the gradient of all weights of convolutions together. */
  public static final String WEIGHT_GRADIENT_NORM = "weight_gradient_norm";

  /** Most bytes kept at once for the gradient. */
  public static final String PEAK_SAVED_BYTES = "peak_saved_bytes";

  /** Trainable numbers of a network. */
  public static final String PARAMETERS = "parameters";

  private Facts() {}
}
