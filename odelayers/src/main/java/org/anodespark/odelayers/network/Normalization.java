/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.network;

import java.math.BigInteger;
import java.util.OptionalInt;
import org.anodespark.odelayers.layer.ChannelsLastBatchNorm;
import org.anodespark.odelayers.layer.ChannelsLastBatchNormPerStep;
import org.anodespark.odelayers.layer.ChannelsLastGroupNorm;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.nd4j.linalg.activations.Activation;

/**
 * The layers that normalise, in a network and in its fields.
 *
 * @param ofFields what stands behind the convolutions of the fields
 * @param decay share of the old running statistics kept at an update, in (0, 1)
 */
public record Normalization(FieldNormalization ofFields, double decay) {
  /** Of group norm, where it divides the channels; otherwise the greatest divisor of both. */
  private static final BigInteger GROUPS = BigInteger.valueOf(8);

  /** Outside the fields. */
  public Layer outside(Activation activation) {
    return new ChannelsLastBatchNorm.Builder().decay(decay).activation(activation).build();
  }

  /** Whether convolutions of the fields have a bias, since nothing behind them shifts. */
  public boolean biasInFields() {
    return ofFields == FieldNormalization.NONE;
  }

  /**
   * In the field of a block, unless that has none.
   *
   * @param channels of what is normalised, at least 1
   * @param activation identity or ReLU
   * @param gamma the scale to begin with
   * @param block how the block is solved
   * @throws IllegalArgumentException for a norm per step where steps are not equal
   */
  public Layer inField(long channels, Activation activation, double gamma, OdeBlockSettings block) {
    if (ofFields == FieldNormalization.GROUP) {
      return new ChannelsLastGroupNorm.Builder(GROUPS.gcd(BigInteger.valueOf(channels)).intValue())
          .activation(activation)
          .gamma(gamma)
          .build();
    }
    ChannelsLastBatchNorm.Builder builder =
        ofFields == FieldNormalization.BATCH_PER_STEP
            ? new ChannelsLastBatchNormPerStep.Builder(steps(block))
            : new ChannelsLastBatchNorm.Builder();
    builder.decay(decay).activation(activation).gamma(gamma);
    return builder.build();
  }

  private static int steps(OdeBlockSettings block) {
    OptionalInt steps = block.stepControl().steps();
    return steps.orElseThrow(
        () ->
            new IllegalArgumentException(
                "Batch norm per step needs a number of equal steps, but the blocks take those of "
                    + block.stepControl()
                    + "; give them a number of steps, or share one batch norm."));
  }
}
