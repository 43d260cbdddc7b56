/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.anodespark.jobs.report.Curve.Point;
import org.junit.jupiter.api.Test;

class CurveTest {
  @Test
  void aLongOneBecomesMeansOfNeighbours() {
    Curve curve =
        new Curve(0, IntStream.range(0, 5).mapToObj(i -> new Point(i, 10.0 * i)).toList());

    assertThat(curve.thinned(3).points())
        .containsExactly(new Point(0.5, 5), new Point(2.5, 25), new Point(4, 40));
  }

  @Test
  void aShortOneStaysAsItIs() {
    Curve curve = new Curve(0, List.of(new Point(1, 2), new Point(2, 3)));

    assertThat(curve.thinned(2)).isSameAs(curve);
  }
}
