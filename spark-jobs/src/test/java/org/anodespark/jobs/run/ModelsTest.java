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

class ModelsTest {
  @TempDir Path folder;
  private Models models;
  private final ComputationGraph network = TinyNetworks.batchNormalised(new Adam(0.01));

  @BeforeEach
  void setUp() {
    models =
        new Models(
            RunDirectory.create(new Configuration(), folder.toString(), ""), TinyData.DESCRIPTION);
    network.fit(TinyData.of(List.of(1, 2, 3, 4, 5)));
    network.fit(TinyData.of(List.of(6, 7, 8, 9)));
    network.getConfiguration().setEpochCount(3);
  }

  @Test
  void aModelRestoresEveryBitAndBothCounts() throws IOException {
    models.write(network);

    ComputationGraph restored = restored("model.zip");
    assertThat(restored.params().data().asFloat()).isEqualTo(network.params().data().asFloat());
    assertThat(restored.getUpdater().getStateViewArrayCopy().data().asFloat())
        .isEqualTo(network.getUpdater().getStateViewArrayCopy().data().asFloat());
    assertThat(restored.getIterationCount()).isEqualTo(2);
    assertThat(restored.getEpochCount()).isEqualTo(3);
  }

  @Test
  void theBestModelIsBesideTheLastOne() throws IOException {
    models.writeBest(network);

    assertThat(restored("best-model.zip").params().data().asFloat())
        .isEqualTo(network.params().data().asFloat());
  }

  private ComputationGraph restored(String name) throws IOException {
    return ModelSerializer.restoreComputationGraph(folder.resolve(name).toFile(), true);
  }
}
