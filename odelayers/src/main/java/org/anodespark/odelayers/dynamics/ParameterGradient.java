/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.dynamics;

import java.util.List;
import org.anodespark.odelayers.kernel.LinearCombination;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The sum of the parameter gradients of many pullbacks through the same layers.
 *
 * <p>DL4J layers overwrite their gradient views, so somebody else has to add up: this class does,
 * in the order of the pullbacks, which makes the sum reproducible to the bit. Pseudo-gradients (the
 * running statistics of batch normalisation, which DL4J subtracts as they are) are averaged over
 * the pullbacks instead: summed, they would move the running mean by the number of evaluations
 * times too much.
 *
 * <p>DL4J gives no gradient view to layers without parameters, so nothing is attached for them: the
 * sum is null then, and the rest does nothing.
 */
public final class ParameterGradient {
  private INDArray view;
  private INDArray sum;
  private List<INDArray> pseudoGradients = List.of();
  private List<INDArray> pseudoSums = List.of();
  private long pullbacks;

  /**
   * Says where the layers leave their gradients; DL4J decides that after the first forward pass.
   *
   * @param view the gradient view that the layers write into, {@code [1, P]} or {@code [P]}
   * @param pseudoGradients the slices of {@code view} that are averaged, each contiguous
   */
  public void attach(INDArray view, List<INDArray> pseudoGradients) {
    this.view = view.reshape(view.length());
    this.sum = this.view.ulike();
    this.pseudoGradients = List.copyOf(pseudoGradients);
    this.pseudoSums = pseudoGradients.stream().map(INDArray::ulike).toList();
  }

  /** Forgets all pullbacks. */
  public void reset() {
    if (view == null) {
      return;
    }
    sum.assign(0.0);
    pseudoSums.forEach(each -> each.assign(0.0));
    pullbacks = 0;
  }

  /**
   * The sum so far, {@code [P]}, without pseudo-gradients; whoever needs to may overwrite it. Null
   * if there are no parameters.
   */
  public INDArray sum() {
    return sum;
  }

  /**
   * Adds what the layers have left in their gradient view.
   *
   * @param scale factor of the gradients; pseudo-gradients have none
   */
  public void addView(double scale) {
    if (view == null) {
      return;
    }
    for (int i = 0; i < pseudoSums.size(); i++) {
      pseudoSums.get(i).addi(pseudoGradients.get(i));
      pseudoGradients.get(i).assign(0.0);
    }
    LinearCombination.add(sum, scale, view);
    pullbacks++;
  }

  /** Puts the result into the gradient view, where DL4J's updater reads it. */
  public void writeToView() {
    if (view == null) {
      return;
    }
    view.assign(sum);
    for (int i = 0; i < pseudoSums.size(); i++) {
      pseudoGradients.get(i).assign(pseudoSums.get(i).divi(Math.max(1, pullbacks)));
    }
  }
}
