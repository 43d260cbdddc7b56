/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.listener;

import static org.anodespark.odelayers.listener.Trainings.block;
import static org.anodespark.odelayers.listener.Trainings.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.anodespark.odelayers.adjoint.AnodeCheckpoint;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OdeBlocksTest {
  @ParameterizedTest
  @EnumSource
  void findsEveryBlockByItsNameInNetworkOrder(Trainings.Kind kind) {
    Model network =
        Trainings.network(
            kind,
            settings(),
            block("second comes first", new AnodeCheckpoint()),
            block("first", new AnodeCheckpoint()));
    assertThat(OdeBlocks.of(network)).hasSize(2);
    assertThat(OdeBlocks.of(network).keySet()).containsExactly("second comes first", "first");
  }

  @ParameterizedTest
  @EnumSource
  void findsBlocksInsideFrozenLayers(Trainings.Kind kind) {
    Model network =
        Trainings.network(
            kind,
            settings(),
            new FrozenLayer.Builder()
                .name("frozen")
                .layer(block("frozen", new AnodeCheckpoint()))
                .build());
    assertThat(OdeBlocks.of(network)).containsOnlyKeys("frozen");
  }

  @Test
  void namesBlocksWithoutANameAsDl4jDoes() {
    MultiLayerNetwork network =
        (MultiLayerNetwork)
            Trainings.network(
                Trainings.Kind.MULTI_LAYER, settings(), block(null, new AnodeCheckpoint()));
    assertThat(OdeBlocks.of(network)).containsOnlyKeys("layer1");
  }

  @Test
  void refusesAModelThatIsNoNetwork() {
    MultiLayerNetwork network =
        (MultiLayerNetwork) Trainings.network(Trainings.Kind.MULTI_LAYER, settings());
    assertThatThrownBy(() -> OdeBlocks.of(network.getLayer(0)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected a MultiLayerNetwork or a ComputationGraph");
  }
}
