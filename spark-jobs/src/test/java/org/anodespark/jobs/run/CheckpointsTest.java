/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.anodespark.jobs.testing.TinyData;
import org.anodespark.jobs.testing.TinyNetworks;
import org.apache.hadoop.conf.Configuration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.learning.config.Adam;

class CheckpointsTest {
  @TempDir Path folder;
  private Checkpoints checkpoints;
  private final ComputationGraph network = TinyNetworks.batchNormalised(new Adam(0.01));

  @BeforeEach
  void setUp() {
    checkpoints =
        new Checkpoints(
            RunDirectory.create(new Configuration(), folder.toString(), ""), TinyData.DESCRIPTION);
    network.fit(TinyData.of(List.of(1, 2, 3, 4, 5)));
    network.fit(TinyData.of(List.of(6, 7, 8, 9)));
    network.getConfiguration().setEpochCount(3);
  }

  @Test
  void anEpochsCheckpointRestoresEveryBitAndBothCounts() throws IOException {
    assertThat(checkpoints.writeEpoch(3, network))
        .isEqualTo("file:%s/checkpoints/epoch-0003.zip", folder);

    ComputationGraph restored = restored("checkpoints/epoch-0003.zip");
    assertThat(restored.params().data().asFloat()).isEqualTo(network.params().data().asFloat());
    assertThat(restored.getUpdater().getStateViewArrayCopy().data().asFloat())
        .isEqualTo(network.getUpdater().getStateViewArrayCopy().data().asFloat());
    assertThat(restored.getIterationCount()).isEqualTo(2);
    assertThat(restored.getEpochCount()).isEqualTo(3);
  }

  @Test
  void trainingGoesOnFromACheckpointAsIfNothingHadHappened() throws IOException {
    checkpoints.writeRound(4, 17, network);

    ComputationGraph restored = restored("checkpoints/epoch-0004-round-0017.zip");
    restored.fit(TinyData.of(List.of(10, 11, 12)));
    network.fit(TinyData.of(List.of(10, 11, 12)));

    assertThat(restored.params().data().asFloat()).isEqualTo(network.params().data().asFloat());
  }

  @Test
  void theModelIsBesideTheCheckpoints() throws IOException {
    checkpoints.writeModel(network);

    assertThat(restored("model.zip").params().data().asFloat())
        .isEqualTo(network.params().data().asFloat());
  }

  private ComputationGraph restored(String name) throws IOException {
    return ModelSerializer.restoreComputationGraph(folder.resolve(name).toFile(), true);
  }
}
