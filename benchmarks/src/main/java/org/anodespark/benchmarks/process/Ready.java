/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.benchmarks.process;

import java.util.List;
import org.anodespark.benchmarks.problem.Precision;

/**
 * What a child can measure of the problem that it was given.
 *
 * @param engine name and version of what does the work
 * @param variants the ways in which it does it
 */
public record Ready(String engine, List<Variant> variants) {
  public Ready {
    variants = List.copyOf(variants);
  }

  /**
   * One way of doing it.
   *
   * @param name what the parent asks for
   * @param work name of that which does the same work among the things that others are compared
   *     with
   * @param precision of the numbers; {@code FLOAT32} if the child does not say
   */
  public record Variant(String name, String work, Precision precision) {
    public Variant {
      precision = precision == null ? Precision.FLOAT32 : precision;
    }

    /** In single precision. */
    public Variant(String name, String work) {
      this(name, work, Precision.FLOAT32);
    }
  }
}
