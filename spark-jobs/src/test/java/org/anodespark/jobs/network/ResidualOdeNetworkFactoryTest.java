/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.network;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.util.List;
import org.anodespark.jobs.config.ModelSettings;
import org.anodespark.jobs.config.OptimizerSettings;
import org.anodespark.jobs.failure.JobFailure;
import org.anodespark.jobs.train.ImageFacts;
import org.anodespark.jobs.train.Optimizers;
import org.anodespark.odelayers.OdeBlock;
import org.anodespark.odelayers.adjoint.AnodeCheckpoint;
import org.anodespark.odelayers.adjoint.FullStorage;
import org.anodespark.odelayers.solver.rungekutta.ClassicRungeKutta;
import org.anodespark.odelayers.solver.rungekutta.Euler;
import org.anodespark.odelayers.solver.rungekutta.ExplicitMidpoint;
import org.anodespark.odelayers.solver.SolveStatistics;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.regularization.WeightDecay;

class ResidualOdeNetworkFactoryTest {
  @Test
  void buildsBlocksWithTheSolverStepsAndAdjointOfTheSettings() {
    assertThat(block("euler", 2, "anode").getSolver()).isEqualTo(new Euler());
    assertThat(block("midpoint", 2, "anode").getSolver()).isEqualTo(new ExplicitMidpoint());
    assertThat(block("rk4", 2, "anode").getSolver()).isEqualTo(new ClassicRungeKutta());
    assertThat(block("euler", 5, "anode").getSteps()).isEqualTo(5);
    assertThat(block("euler", 2, "anode").getAdjoint()).isEqualTo(new AnodeCheckpoint());
    assertThat(block("euler", 2, "full").getAdjoint()).isEqualTo(new FullStorage());
  }

  @Test
  void decaysWeightsInsideTheBlocksButNotTheirBiases() {
    OdeBlock block = block("euler", 2, "anode");
    assertThat(block.getRegularizationByParam("0.W"))
        .singleElement(as(type(WeightDecay.class)))
        .satisfies(decay -> assertThat(decay.getCoeff().valueAt(0, 0)).isEqualTo(0.01));
    assertThat(block.getRegularizationByParam("0.b")).isEmpty();
  }

  @Test
  void refusesASolverThatThereIsNot() {
    assertThatThrownBy(() -> configure("dopri5", 2, "anode"))
        .isInstanceOf(JobFailure.class)
        .hasMessage(
            "model.block.solver is \"dopri5\", expected \"euler\", \"midpoint\" or \"rk4\".");
  }

  @Test
  void refusesAnAdjointThatThereIsNot() {
    assertThatThrownBy(() -> configure("euler", 2, "reverse"))
        .isInstanceOf(JobFailure.class)
        .hasMessage("model.block.adjoint is \"reverse\", expected \"anode\" or \"full\".");
  }

  @Test
  void readsTheStatisticsOfEveryBlockByItsName() {
    ComputationGraph network = new ComputationGraph(configure("midpoint", 3, "anode"));
    network.init();
    network.fit(
        new DataSet(Nd4j.rand(DataType.FLOAT, 2, 8, 8, 3), Nd4j.eye(2).castTo(DataType.FLOAT)));

    var statistics = new OdeBlockStatistics().read(network);

    assertThat(statistics).containsOnlyKeys("ode1", "ode2");
    SolveStatistics first = statistics.get("ode1");
    assertThat(first.forwardEvaluations()).isEqualTo(6);
    assertThat(first.recomputedEvaluations()).isEqualTo(6);
    assertThat(first.pullbacks()).isEqualTo(6);
    assertThat(first.acceptedSteps()).isEqualTo(3);
  }

  private static ComputationGraphConfiguration configure(String solver, int steps, String adjoint) {
    return new ResidualOdeNetworkFactory()
        .create(
            new ModelSettings(List.of(2, 3), solver, steps, adjoint, 0.9),
            new ImageFacts(8, 8, 3, 2),
            Optimizers.of(new OptimizerSettings("sgd", 0.1, 0, 0.01, "constant"), 10),
            1);
  }

  private static OdeBlock block(String solver, int steps, String adjoint) {
    return (OdeBlock)
        ((LayerVertex) configure(solver, steps, adjoint).getVertices().get("ode1"))
            .getLayerConf()
            .getLayer();
  }
}
