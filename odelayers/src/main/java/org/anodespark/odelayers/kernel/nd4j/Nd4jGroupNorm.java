/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.kernel.nd4j;

import org.anodespark.odelayers.kernel.GroupNormKernel;
import org.anodespark.odelayers.kernel.Nonlinearity;
import org.anodespark.odelayers.memory.ArrayPool;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * Group normalisation by ND4J's operations, on arrays {@code [N, H W, G, C / G]}. A record holds
 * the means {@code [N, G]} and behind them {@code 1 / sqrt(variance + epsilon)}.
 */
final class Nd4jGroupNorm implements GroupNormKernel {
  private static final int PIXELS = 1;
  private static final int CHANNELS_OF_GROUP = 3;

  private final int groups;
  private final double epsilon;
  private final Nonlinearity follower;

  Nd4jGroupNorm(int groups, double epsilon, boolean rectified) {
    this.groups = groups;
    this.epsilon = epsilon;
    follower = rectified ? Nonlinearity.RELU : Nonlinearity.IDENTITY;
  }

  @Override
  public long recordLength(INDArray x) {
    return 2 * x.size(0) * groups;
  }

  @Override
  public boolean readsOutput() {
    return follower != Nonlinearity.IDENTITY;
  }

  @Override
  public void forward(
      INDArray x, INDArray gamma, INDArray beta, INDArray y, INDArray keptRecord, ArrayPool pool) {
    INDArray grouped = grouped(x);
    INDArray mean = mean(keptRecord, x);
    mean.assign(grouped.mean(true, PIXELS, CHANNELS_OF_GROUP));
    INDArray centred = grouped.sub(mean);
    INDArray variance = centred.mul(centred).mean(true, PIXELS, CHANNELS_OF_GROUP);
    INDArray inverse = inverseDeviation(keptRecord, x);
    inverse.assign(Transforms.sqrt(variance.addi(epsilon), false).rdivi(1.0));
    INDArray normalised = centred.muli(inverse);
    grouped(y).assign(normalised.muli(perChannel(gamma)).addi(perChannel(beta)));
    Nd4jFollower.forward(follower, y);
  }

  /** {@code dy = gamma P dx}, P being the symmetric Jacobian without scale. */
  @Override
  public void pushforward(
      INDArray x,
      INDArray y,
      INDArray gamma,
      INDArray keptRecord,
      INDArray dx,
      INDArray dy,
      ArrayPool pool) {
    INDArray tangent = jacobianProduct(x, keptRecord, normalised(x, keptRecord), grouped(dx));
    grouped(dy).assign(tangent.muli(perChannel(gamma)));
    Nd4jFollower.derivative(follower, y, dy, pool);
  }

  /** {@code dx = P (gamma dy)}. */
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
    Nd4jFollower.derivative(follower, y, dy, pool);
    INDArray gradient = grouped(dy);
    INDArray normalised = normalised(x, keptRecord);
    perChannel(dGamma).assign(gradient.mul(normalised).sum(true, 0, PIXELS));
    perChannel(dBeta).assign(gradient.sum(true, 0, PIXELS));
    gradient.muli(perChannel(gamma));
    grouped(dx).assign(jacobianProduct(x, keptRecord, normalised, gradient));
  }

  /** {@code (d - mean(d) - normalised x * mean(d * normalised x)) / deviation}. */
  private INDArray jacobianProduct(
      INDArray x, INDArray keptRecord, INDArray normalised, INDArray d) {
    INDArray mean = d.mean(true, PIXELS, CHANNELS_OF_GROUP);
    INDArray slope = d.mul(normalised).mean(true, PIXELS, CHANNELS_OF_GROUP);
    return d.sub(mean).subi(normalised.mul(slope)).muli(inverseDeviation(keptRecord, x));
  }

  private INDArray normalised(INDArray x, INDArray keptRecord) {
    return grouped(x).sub(mean(keptRecord, x)).muli(inverseDeviation(keptRecord, x));
  }

  private INDArray grouped(INDArray array) {
    long examples = array.size(0);
    long ofGroup = array.size(array.rank() - 1) / groups;
    return array.reshape(
        'c', examples, array.length() / (examples * groups * ofGroup), groups, ofGroup);
  }

  private INDArray perChannel(INDArray parameter) {
    return parameter.reshape('c', 1, 1, groups, parameter.length() / groups);
  }

  private INDArray mean(INDArray keptRecord, INDArray x) {
    return part(keptRecord, x, 0);
  }

  private INDArray inverseDeviation(INDArray keptRecord, INDArray x) {
    return part(keptRecord, x, 1);
  }

  private INDArray part(INDArray keptRecord, INDArray x, int number) {
    long count = x.size(0) * groups;
    return keptRecord
        .get(NDArrayIndex.interval(number * count, (number + 1) * count))
        .reshape('c', x.size(0), 1, groups, 1);
  }
}
