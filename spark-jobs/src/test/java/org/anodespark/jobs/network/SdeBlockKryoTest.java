/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.anodespark.odelayers.SdeBlock;
import org.anodespark.odelayers.adjoint.StepCheckpoint;
import org.anodespark.odelayers.stochastic.StochasticSteps;
import org.anodespark.odelayers.stochastic.rungekutta.EulerMaruyama;
import org.anodespark.odelayers.stochastic.rungekutta.Milstein;
import org.anodespark.odelayers.stochastic.rungekutta.Sosri;
import org.anodespark.odelayers.stochastic.rungekutta.Sosri2;
import org.apache.spark.SparkConf;
import org.apache.spark.serializer.KryoSerializer;
import org.apache.spark.serializer.SerializerInstance;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import scala.reflect.ClassTag$;

/** Configurations travel to executors through Spark's Kryo serialiser. */
class SdeBlockKryoTest {
  private static final SerializerInstance KRYO =
      new KryoSerializer(
              new SparkConf().set("spark.kryo.registrator", "org.nd4j.kryo.Nd4jRegistrator"))
          .newInstance();

  static Stream<SdeBlock.Builder> blocks() {
    return Stream.of(
        builder().solver(new EulerMaruyama()).steps(3),
        builder().solver(new Milstein()).steps(2).paths(0),
        builder().solver(new Sosri()).stepControl(StochasticSteps.adaptive(0.1, 0.2).build()),
        builder().solver(new Sosri2()).steps(2).adjoint(new StepCheckpoint()));
  }

  private static SdeBlock.Builder builder() {
    return new SdeBlock.Builder()
        .drift(new DenseLayer.Builder().nOut(4).build())
        .diffusion(new DenseLayer.Builder().nOut(4).build());
  }

  @ParameterizedTest
  @MethodSource("blocks")
  void aNetworkWithABlockSurvivesKryo(SdeBlock.Builder block) {
    MultiLayerConfiguration configuration =
        new NeuralNetConfiguration.Builder()
            .list()
            .layer(block.build())
            .layer(new OutputLayer.Builder().nOut(2).build())
            .setInputType(InputType.feedForward(4))
            .build();

    MultiLayerConfiguration read =
        KRYO.deserialize(
            KRYO.serialize(configuration, ClassTag$.MODULE$.apply(MultiLayerConfiguration.class)),
            ClassTag$.MODULE$.apply(MultiLayerConfiguration.class));

    assertThat(read).isEqualTo(configuration);
    assertThat(read.toJson()).isEqualTo(configuration.toJson());
  }
}
