/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.anodespark.jobs.block.StepMethods;
import org.anodespark.jobs.config.BlockSettings;
import org.anodespark.jobs.plan.TrainingPlan;
import org.anodespark.jobs.testing.TestSettings;
import org.anodespark.jobs.train.ImageFacts;
import org.anodespark.jobs.train.Optimizers;
import org.apache.spark.SparkConf;
import org.apache.spark.serializer.KryoSerializer;
import org.apache.spark.serializer.SerializerInstance;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import scala.reflect.ClassTag$;

/** Configurations travel to executors through Spark's Kryo serialiser. */
class OdeBlockKryoTest {
  private static final SerializerInstance KRYO =
      new KryoSerializer(
              new SparkConf().set("spark.kryo.registrator", "org.nd4j.kryo.Nd4jRegistrator"))
          .newInstance();

  static Stream<BlockSettings> blocks() {
    return Stream.concat(
        StepMethods.CHOICES.names().stream().map(solver -> TestSettings.block(solver, 4, "anode")),
        Stream.of(
                "full", "anode", "step", "online", "anode-revolve", "reverse-time", "interpolated")
            .map(adjoint -> TestSettings.block("dormand-prince", 0, adjoint)));
  }

  @ParameterizedTest
  @MethodSource("blocks")
  void aNetworkOfBlocksSurvivesKryo(BlockSettings block) {
    assertSurvivesKryo(block, "linear", 0);
  }

  @Test
  void aScheduleWithWarmUpSurvivesKryo() {
    assertSurvivesKryo(TestSettings.block("euler", 2, "anode"), "cosine", 1);
  }

  private static void assertSurvivesKryo(BlockSettings block, String schedule, int warmUpEpochs) {
    ComputationGraphConfiguration configuration =
        new OdeNetworkFactory()
            .create(
                TestSettings.model("residual", block),
                new ImageFacts(8, 8, 3, 2),
                Optimizers.of(
                    TestSettings.optimizer("nesterov", 0.1, 0.9, 0.01, schedule, warmUpEpochs),
                    new TrainingPlan(1, 10, 2, 1, 1, 1),
                    1),
                1);

    ComputationGraphConfiguration read =
        KRYO.deserialize(
            KRYO.serialize(
                configuration, ClassTag$.MODULE$.apply(ComputationGraphConfiguration.class)),
            ClassTag$.MODULE$.apply(ComputationGraphConfiguration.class));

    assertThat(read).isEqualTo(configuration);
    assertThat(read.toJson()).isEqualTo(configuration.toJson());
  }
}
