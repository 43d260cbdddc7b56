/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.network;

import static org.assertj.core.api.Assertions.assertThat;

import org.anodespark.odelayers.conversion.ChannelsFirstRowsToImages;
import org.anodespark.odelayers.conversion.ChannelsLastMerge;
import org.anodespark.odelayers.conversion.ImagesToChannelsFirstRows;
import org.anodespark.odelayers.layer.BufferedActivation;
import org.anodespark.odelayers.layer.BufferedDense;
import org.anodespark.odelayers.layer.ChannelsLastBatchNorm;
import org.anodespark.odelayers.layer.ChannelsLastConvolution;
import org.anodespark.odelayers.layer.ChannelsLastGlobalAverage;
import org.anodespark.odelayers.layer.ChannelsLastPooling;
import org.apache.spark.SparkConf;
import org.apache.spark.serializer.KryoSerializer;
import org.apache.spark.serializer.SerializerInstance;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer.PoolingType;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import scala.reflect.ClassTag$;

/**
 * Configurations of all layers of odelayers travel to executors through Spark's Kryo serialiser.
 */
class LayerKryoTest {
  private static final SerializerInstance KRYO =
      new KryoSerializer(
              new SparkConf().set("spark.kryo.registrator", "org.nd4j.kryo.Nd4jRegistrator"))
          .newInstance();

  @Test
  void aNetworkOfEveryLayerSurvivesKryo() {
    ComputationGraphConfiguration configuration =
        new NeuralNetConfiguration.Builder()
            .graphBuilder()
            .addInputs("pixels")
            .addLayer(
                "convolution",
                new ChannelsLastConvolution.Builder(3, 3).nIn(2).nOut(4).groups(2).build(),
                new ChannelsFirstRowsToImages(8, 8, 2),
                "pixels")
            .addLayer(
                "norm", new ChannelsLastBatchNorm.Builder().nIn(4).nOut(4).build(), "convolution")
            .addLayer("softplus", new BufferedActivation(Activation.SOFTPLUS), "norm")
            .addVertex("merged", new ChannelsLastMerge(), "norm", "softplus")
            .addLayer(
                "pool", new ChannelsLastPooling.Builder(PoolingType.MAX, 2, 2).build(), "merged")
            .addLayer(
                "dense",
                new BufferedDense.Builder().nIn(128).nOut(5).build(),
                new ImagesToChannelsFirstRows(4, 4, 8),
                "pool")
            .addLayer("average", new ChannelsLastGlobalAverage(), "pool")
            .addLayer("first", new OutputLayer.Builder().nIn(5).nOut(2).build(), "dense")
            .addLayer("second", new OutputLayer.Builder().nIn(8).nOut(2).build(), "average")
            .setOutputs("first", "second")
            .build();

    ComputationGraphConfiguration read =
        KRYO.deserialize(
            KRYO.serialize(
                configuration, ClassTag$.MODULE$.apply(ComputationGraphConfiguration.class)),
            ClassTag$.MODULE$.apply(ComputationGraphConfiguration.class));

    assertThat(read).isEqualTo(configuration);
    assertThat(read.toJson()).isEqualTo(configuration.toJson());
  }
}
