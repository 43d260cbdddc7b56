/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.listener;

import static org.anodespark.odelayers.listener.Trainings.block;
import static org.anodespark.odelayers.listener.Trainings.fit;
import static org.anodespark.odelayers.listener.Trainings.minibatch;
import static org.anodespark.odelayers.listener.Trainings.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.anodespark.odelayers.adjoint.AnodeCheckpoint;
import org.anodespark.odelayers.adjoint.FullStorage;
import org.anodespark.odelayers.solver.SolveStatistics;
import org.deeplearning4j.nn.api.Model;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SolveStatisticsListenerTest {
  @ParameterizedTest
  @EnumSource
  void handsOutTheStatisticsOfEveryBlockInNetworkOrder(Trainings.Kind kind) {
    Map<String, SolveStatistics> seen = new LinkedHashMap<>();
    Model network =
        Trainings.network(
            kind, settings(), block("b", new AnodeCheckpoint()), block("a", new FullStorage()));
    network.setListeners(
        new SolveStatisticsListener(1, (iteration, epoch, statistics) -> seen.putAll(statistics)));
    fit(network, minibatch(), 1);
    assertThat(seen.keySet()).containsExactly("b", "a");
    assertThat(seen.get("a").forwardEvaluations()).isEqualTo(4);
    assertThat(seen.get("a").pullbacks()).isEqualTo(4);
    assertThat(seen.get("a").recomputedEvaluations()).isZero();
    assertThat(seen.get("b").recomputedEvaluations()).isEqualTo(4);
    assertThat(seen.get("b").acceptedSteps()).isEqualTo(2);
  }

  @ParameterizedTest
  @EnumSource
  void actsInEveryKthIteration(Trainings.Kind kind) {
    List<Integer> iterations = new ArrayList<>();
    Model network = Trainings.network(kind, settings(), block("ode", new AnodeCheckpoint()));
    network.setListeners(
        new SolveStatisticsListener(
            3, (iteration, epoch, statistics) -> iterations.add(iteration)));
    fit(network, minibatch(), 7);
    assertThat(iterations).containsExactly(0, 3, 6);
  }

  @Test
  void logsOneLinePerBlock() {
    RecordingLogger log = new RecordingLogger();
    Map<String, SolveStatistics> statistics = new LinkedHashMap<>();
    statistics.put("ode1", new SolveStatistics(8, 3, 8, 0, 4, 1, 0.125, 0.5, 3 << 20, Double.NaN));
    statistics.put("ode2", new SolveStatistics(6, 6, 6, 0, 3, 0, 0.25, 0.25, 1 << 19, 0.03125));
    new SolveStatisticsLog(log).accept(40, 2, statistics);
    assertThat(log.infos())
        .containsExactly(
            "Iteration 40, epoch 2, ode1: 8 evaluations forward, 3 recomputed, 8 pullbacks; 4 steps"
                + " accepted, 1 rejected, h from 0.125 to 0.500; at most 3.00 MiB kept",
            "Iteration 40, epoch 2, ode2: 6 evaluations forward, 6 recomputed, 6 pullbacks; 3 steps"
                + " accepted, 0 rejected, h from 0.250 to 0.250; at most 0.50 MiB kept; initial"
                + " state rebuilt to 0.031");
  }

  @Test
  void logsTheValuesOfRegularizers() {
    RecordingLogger log = new RecordingLogger();
    SortedMap<String, Double> values = new TreeMap<>(Map.of("ErrorEstimate", 0.03125));
    SolveStatistics statistics =
        new SolveStatistics(8, 3, 8, 0, 60, 30, 4, 1, 0.125, 0.5, 0, Double.NaN, values);
    new SolveStatisticsLog(log).accept(40, 2, Map.of("ode1", statistics.plus(statistics)));
    assertThat(log.infos().get(0))
        .endsWith("0.00 MiB kept; 120 Taylor coefficients, 60 pulled back; ErrorEstimate 0.06250");
  }

  @Test
  void refusesANumberOfIterationsBelowOne() {
    assertThatThrownBy(() -> new SolveStatisticsListener(0, new SolveStatisticsLog()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("every is 0, expected at least 1");
  }
}
