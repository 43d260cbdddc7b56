/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.dynamics;

import org.anodespark.odelayers.memory.ArrayPool;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * A factor in front of the layers g that is linear in time: {@code f(t, y) = (offset + rate t)
 * g(y)}. Costs nothing but a multiplication, and no parameters.
 */
public final class TimeAsScale implements TimeInput {
  private static final long serialVersionUID = 1L;

  private final double offset;
  private final double rate;

  /** {@code f(t, y) = (1 + t) g(y)}. */
  public TimeAsScale() {
    this(1.0, 1.0);
  }

  /**
   * @param offset the factor at t = 0, finite
   * @param rate what the factor grows by in one unit of time, finite
   * @throws IllegalArgumentException if one is not finite
   */
  public TimeAsScale(double offset, double rate) {
    this.offset = requireFinite("offset", offset);
    this.rate = requireFinite("rate", rate);
  }

  /** For JSON, where a property that is missing is 1. */
  @JsonCreator
  static TimeAsScale of(@JsonProperty("offset") Double offset, @JsonProperty("rate") Double rate) {
    return new TimeAsScale(offset == null ? 1.0 : offset, rate == null ? 1.0 : rate);
  }

  private static double requireFinite(String name, double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException(
          "TimeAsScale: " + name + " = " + value + ", expected a finite number.");
    }
    return value;
  }

  /** The factor at t = 0. */
  @JsonProperty("offset")
  public double offset() {
    return offset;
  }

  /** What the factor grows by in one unit of time. */
  @JsonProperty("rate")
  public double rate() {
    return rate;
  }

  @Override
  public InputType inputOf(int index, Layer layer, InputType given) {
    return given;
  }

  @Override
  public VectorField field(LayerStack layers, ArrayPool pool) {
    return new ScaledField(layers, offset, rate, pool);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TimeAsScale that
        && Double.compare(offset, that.offset) == 0
        && Double.compare(rate, that.rate) == 0;
  }

  @Override
  public int hashCode() {
    return 31 * Double.hashCode(offset) + Double.hashCode(rate);
  }

  @Override
  public String toString() {
    return "TimeAsScale(offset=" + offset + ", rate=" + rate + ")";
  }
}
