/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.layer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.stream.Stream;
import org.anodespark.odelayers.RoundTrip;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer.PoolingType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.Adam;

/** What holds for the configuration bean of every layer of this package. */
class LayerBeansTest {
  static Stream<Layer> beans() {
    return Stream.of(
        new ChannelsLastConvolution.Builder(3, 2)
            .name("convolution")
            .nIn(4)
            .nOut(6)
            .activation(Activation.RELU)
            .updater(new Adam(0.02))
            .groups(2)
            .build(),
        new ChannelsLastBatchNorm.Builder().decay(0.7).activation(Activation.RELU).build(),
        new ChannelsLastBatchNormPerStep.Builder(3)
            .interval(1, -2)
            .decay(0.7)
            .activation(Activation.RELU)
            .build(),
        new ChannelsLastGroupNorm.Builder(2)
            .eps(1e-3)
            .gamma(0.5)
            .beta(-1)
            .nIn(4)
            .nOut(4)
            .activation(Activation.RELU)
            .build(),
        new ChannelsLastPooling.Builder(PoolingType.AVG, 3, 2)
            .padding(1, 1)
            .avgPoolIncludePadInDivisor(true)
            .name("pooling")
            .build(),
        new ChannelsLastGlobalAverage(),
        new BufferedDense.Builder().nIn(3).nOut(5).hasBias(false).l2(0.1).name("dense").build(),
        new BufferedActivation(Activation.SOFTPLUS),
        new BufferedActivation(new ActivationErfGELU()));
  }

  @ParameterizedTest
  @MethodSource("beans")
  void survivesJson(Layer bean) throws IOException {
    Layer read = RoundTrip.json(bean, Layer.class);
    assertThat(read).isEqualTo(bean).hasSameClassAs(bean);
  }

  @ParameterizedTest
  @MethodSource("beans")
  void survivesJavaSerialisation(Layer bean) throws IOException, ClassNotFoundException {
    assertThat(RoundTrip.javaSerialisation(bean)).isEqualTo(bean).hasSameClassAs(bean);
  }

  @ParameterizedTest
  @MethodSource("beans")
  void hasEqualClones(Layer bean) {
    assertThat(bean.clone()).isEqualTo(bean).isNotSameAs(bean).hasSameClassAs(bean);
  }
}
