/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.sweep.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.anodespark.jobs.config.SearchDimension;
import org.anodespark.jobs.config.SearchDimension.Kind;
import org.anodespark.jobs.failure.JobFailure;
import org.junit.jupiter.api.Test;

class SearchStrategyTest {
  private static final SearchDimension SOLVER =
      dimension("solver", Kind.CHOICE, List.of("\"euler\"", "\"rk4\""), 0, 0, Map.of());
  private static final SearchDimension STEPS =
      dimension("steps", Kind.INTEGER, List.of(), 1, 4, Map.of("solver", List.of("\"euler\"")));
  private static final SearchDimension RATE =
      dimension("rate", Kind.LOG_UNIFORM, List.of(), 0.001, 0.1, Map.of());

  @Test
  void aGridHasEveryCombinationAndTheLastSettingChangesFastest() {
    assertThat(new GridSearch(new SearchSpace(List.of(SOLVER, RATE))).points())
        .extracting(Assignment::toString)
        .containsExactly(
            "rate=0.001 solver=euler",
            "rate=0.01 solver=euler",
            "rate=0.1 solver=euler",
            "rate=0.001 solver=rk4",
            "rate=0.01 solver=rk4",
            "rate=0.1 solver=rk4");
  }

  @Test
  void aSettingIsSearchedOnlyUnderItsCondition() {
    assertThat(new GridSearch(new SearchSpace(List.of(SOLVER, STEPS))).points())
        .extracting(Assignment::toString)
        .containsExactly(
            "solver=euler steps=1", "solver=euler steps=2", "solver=euler steps=4", "solver=rk4");
  }

  @Test
  void aGridOfMoreThanAHundredThousandPointsIsRefused() {
    List<SearchDimension> dimensions = new ArrayList<>();
    for (int i = 0; i < 17; i++) {
      dimensions.add(dimension("key" + i, Kind.CHOICE, List.of("0", "1"), 0, 0, Map.of()));
    }
    assertThatThrownBy(() -> new GridSearch(new SearchSpace(dimensions)))
        .isInstanceOf(JobFailure.class)
        .hasMessageContaining("The grid of sweep.space has more than 100000 points");
    assertThat(new GridSearch(new SearchSpace(dimensions.subList(0, 16))).points()).hasSize(65536);
  }

  @Test
  void drawnPointsDependOnTheSeedAlone() {
    SearchSpace space = new SearchSpace(List.of(SOLVER, STEPS, RATE));
    List<Assignment> points = new RandomSearch(space, 7).points().limit(50).toList();

    assertThat(new RandomSearch(space, 7).points().limit(50)).isEqualTo(points);
    assertThat(new RandomSearch(space, 8).points().limit(50)).isNotEqualTo(points);
  }

  @Test
  void drawnPointsAreSpreadAsTheirKindsSay() {
    List<Assignment> points =
        new RandomSearch(new SearchSpace(List.of(SOLVER, STEPS, RATE)), 1)
            .points()
            .limit(20_000)
            .toList();

    long euler = points.stream().filter(point -> point.values().containsKey("steps")).count();
    assertThat(euler / 20_000.0).isCloseTo(0.5, within(0.02));
    for (String steps : List.of("1", "2", "3", "4")) {
      long count =
          points.stream().filter(point -> steps.equals(point.values().get("steps"))).count();
      assertThat((double) count / euler).isCloseTo(0.25, within(0.02));
    }
    long below =
        points.stream()
            .filter(point -> Double.parseDouble(point.values().get("rate")) < 0.01)
            .count();
    assertThat(below / 20_000.0).isCloseTo(0.5, within(0.02));
    assertThat(points)
        .allSatisfy(
            point ->
                assertThat(Double.parseDouble(point.values().get("rate"))).isBetween(0.001, 0.1));
  }

  @Test
  void noPointIsProposedTwice() {
    SearchStrategy strategy = new RandomSearch(new SearchSpace(List.of(SOLVER, STEPS)), 3);
    Set<Assignment> searched = new HashSet<>();
    for (int i = 0; i < 5; i++) {
      assertThat(searched.add(strategy.next(searched).orElseThrow())).isTrue();
    }
    // four steps of euler, and rk4
    assertThat(strategy.next(searched)).isEmpty();
  }

  @Test
  void valuesBecomeSettings() {
    Assignment assignment =
        new Assignment(
            new TreeMap<>(Map.of("model.block.solver", "\"rk4\"", "model.widths", "[2,3]")));
    assertThat(assignment.settings())
        .isEqualTo("{\"model\":{\"block\":{\"solver\":\"rk4\"},\"widths\":[2,3]}}");
  }

  private static SearchDimension dimension(
      String key,
      Kind kind,
      List<String> choices,
      double low,
      double high,
      Map<String, List<String>> conditions) {
    return new SearchDimension(key, kind, choices, low, high, 3, new TreeMap<>(conditions));
  }
}
