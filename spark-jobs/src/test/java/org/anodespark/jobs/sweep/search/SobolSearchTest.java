/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.sweep.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.anodespark.jobs.config.SearchDimension;
import org.anodespark.jobs.failure.JobFailure;
import org.junit.jupiter.api.Test;

class SobolSearchTest {
  /**
   * Points 1 to 9 in three dimensions, as in the table that S. Joe and F. Y. Kuo put beside their
   * program sobol.cc ("sobol 10 3 new-joe-kuo-6.21201").
   */
  private static final double[][] PUBLISHED = {
    {0.5, 0.5, 0.5},
    {0.75, 0.25, 0.25},
    {0.25, 0.75, 0.75},
    {0.375, 0.375, 0.625},
    {0.875, 0.875, 0.125},
    {0.625, 0.125, 0.875},
    {0.125, 0.625, 0.375},
    {0.1875, 0.3125, 0.9375},
    {0.6875, 0.8125, 0.4375}
  };

  @Test
  void pointsAreThoseOfThePublishedTable() {
    List<Assignment> points =
        new SobolSearch(new SearchSpace(uniform(3))).points().limit(PUBLISHED.length).toList();

    for (int i = 0; i < PUBLISHED.length; i++) {
      for (int dimension = 0; dimension < 3; dimension++) {
        // four digits of each value are kept
        assertThat(Double.parseDouble(points.get(i).values().get("key" + dimension)))
            .isEqualTo(PUBLISHED[i][dimension]);
      }
    }
  }

  @Test
  void moreThanAThousandSettingsAreRefused() {
    assertThatThrownBy(() -> new SobolSearch(new SearchSpace(uniform(1001))))
        .isInstanceOf(JobFailure.class)
        .hasMessageContaining("sweep.space has 1001 settings")
        .hasMessageContaining("expects at most 1000");
  }

  private static List<SearchDimension> uniform(int dimensions) {
    return IntStream.range(0, dimensions)
        .mapToObj(
            i ->
                new SearchDimension(
                    "key" + i, SearchDimension.Kind.UNIFORM, List.of(), 0, 1, 3, new TreeMap<>()))
        .toList();
  }
}
