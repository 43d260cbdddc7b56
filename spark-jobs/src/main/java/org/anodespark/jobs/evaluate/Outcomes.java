/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.evaluate;

import java.io.Serializable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * How a network did on the examples of one minibatch; all that an evaluation needs of its outputs.
 * Not a record, since Kryo takes tasks' results.
 */
final class Outcomes implements Serializable {
  private static final long serialVersionUID = 1L;

  private final int classes;
  private final int[] actual;
  private final int[] predicted;
  private final int[] ranks;
  private final double[] confidences;
  private final double[] probabilities;

  private Outcomes(int classes, int examples) {
    this.classes = classes;
    actual = new int[examples];
    predicted = new int[examples];
    ranks = new int[examples];
    confidences = new double[examples];
    probabilities = new double[examples];
  }

  /**
   * Compares.
   *
   * @param labels {@code [N, classes]}, 1 for the right class
   * @param output {@code [N, classes]}, a probability for each class, none of them NaN
   */
  static Outcomes of(INDArray labels, INDArray output) {
    return of(matrix(labels), matrix(output));
  }

  static Outcomes of(double[][] labels, double[][] output) {
    Outcomes outcomes = new Outcomes(labels[0].length, labels.length);
    for (int example = 0; example < labels.length; example++) {
      outcomes.set(example, largest(labels[example]), output[example]);
    }
    return outcomes;
  }

  private void set(int example, int right, double[] output) {
    actual[example] = right;
    predicted[example] = largest(output);
    probabilities[example] = output[right];
    confidences[example] = output[predicted[example]];
    int rank = 0;
    for (int other = 0; other < output.length; other++) {
      // of equal ones the first comes first
      if (output[other] > output[right] || (output[other] == output[right] && other < right)) {
        rank++;
      }
    }
    ranks[example] = rank;
  }

  private static double[][] matrix(INDArray array) {
    return array.castTo(DataType.DOUBLE).toDoubleMatrix();
  }

  /** Of equal ones the first. */
  private static int largest(double[] values) {
    int largest = 0;
    for (int i = 1; i < values.length; i++) {
      if (values[i] > values[largest]) {
        largest = i;
      }
    }
    return largest;
  }

  int classes() {
    return classes;
  }

  int examples() {
    return actual.length;
  }

  int actual(int example) {
    return actual[example];
  }

  int predicted(int example) {
    return predicted[example];
  }

  /** How many classes come before the right one, the most probable first. */
  int rank(int example) {
    return ranks[example];
  }

  /** The probability of the predicted class. */
  double confidence(int example) {
    return confidences[example];
  }

  /** The probability of the right class. */
  double probability(int example) {
    return probabilities[example];
  }
}
