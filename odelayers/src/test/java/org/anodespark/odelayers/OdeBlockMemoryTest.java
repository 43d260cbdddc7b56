/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.anodespark.odelayers.adjoint.AdjointStrategy;
import org.anodespark.odelayers.adjoint.AnodeCheckpoint;
import org.anodespark.odelayers.adjoint.FullStorage;
import org.anodespark.odelayers.adjoint.ReverseTime;
import org.anodespark.odelayers.adjoint.Revolve;
import org.anodespark.odelayers.adjoint.StepCheckpoint;
import org.anodespark.odelayers.kernel.Precision;
import org.anodespark.odelayers.memory.ArrayPool;
import org.anodespark.odelayers.solver.StepControl;
import org.anodespark.odelayers.solver.StepMethod;
import org.anodespark.odelayers.solver.control.AdaptiveSteps;
import org.anodespark.odelayers.solver.control.FixedSteps;
import org.anodespark.odelayers.solver.rungekutta.Euler;
import org.anodespark.odelayers.solver.rungekutta.HeunEuler;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;

/** What training leaves behind, and what the strategies need. */
class OdeBlockMemoryTest {
  private static final String DENSE = "dense";
  private static final String IMAGES = "convolution with batch norm";
  private static final int ITERATIONS = 1000;

  @BeforeAll
  static void useDoublePrecision() {
    Nd4j.setDefaultDataTypes(DataType.DOUBLE, DataType.DOUBLE);
  }

  @AfterAll
  static void restorePrecision() {
    Nd4j.setDefaultDataTypes(DataType.FLOAT, DataType.FLOAT);
  }

  static Stream<Arguments> settings() {
    StepControl fixed = new FixedSteps(2);
    StepControl adaptive = new AdaptiveSteps.Builder(1e-2, 1e-2).firstStep(0.4).build();
    StepMethod method = new HeunEuler();
    return Stream.of(
        Arguments.of(method, fixed, new FullStorage()),
        Arguments.of(method, fixed, new ReverseTime()),
        Arguments.of(method, adaptive, new AnodeCheckpoint()));
  }

  @ParameterizedTest(name = "{0}, {1}, {2}")
  @MethodSource("settings")
  void staysConstantOverAThousandIterations(
      StepMethod method, StepControl control, AdjointStrategy strategy)
      throws InterruptedException {
    OdeBlock block =
        new OdeBlock.Builder()
            .dynamics(new DenseLayer.Builder().nOut(4).activation(Activation.TANH).build())
            .solver(method)
            .stepControl(control)
            .adjoint(strategy)
            .build();
    MultiLayerNetwork network =
        Networks.network(DENSE, block, WorkspaceMode.ENABLED, new Sgd(0.001));
    assertConstant(network, Networks.data(DENSE), DataType.DOUBLE);
  }

  @ParameterizedTest
  @EnumSource
  void staysConstantOnTheKernelsOfSinglePrecision(Precision precision) throws InterruptedException {
    MultiLayerNetwork network =
        Networks.inSinglePrecision(
            new OdeBlock.Builder()
                .dynamics(Networks.DYNAMICS.get(IMAGES).get())
                .solver(new HeunEuler())
                .steps(2)
                .precision(precision)
                .build(),
            new Sgd(0.001));
    assertConstant(network, Networks.stateDataInSinglePrecision(), DataType.FLOAT);
  }

  private static void assertConstant(MultiLayerNetwork network, DataSet data, DataType type)
      throws InterruptedException {
    fit(network, data, 20);
    ArrayPool pool = ArrayPool.ofCurrentThread(type);
    long inUse = pool.bytesInUse();
    long allocated = pool.bytesAllocated();
    long nativeBytes = NativeBytes.inUse();
    fit(network, data, ITERATIONS);
    assertThat(pool.bytesInUse()).isEqualTo(inUse);
    assertThat(pool.bytesAllocated()).isEqualTo(allocated);
    NativeBytes.assertComeDownTo(nativeBytes + (2L << 20));
  }

  @Test
  void isOrderedAsTheStrategiesPromise() {
    long full = peak(new FullStorage());
    long perStep = peak(new StepCheckpoint());
    long binomial = peak(new Revolve(4));
    long reverse = peak(new ReverseTime());
    assertThat(peak(new AnodeCheckpoint())).isEqualTo(full);
    assertThat(full).isGreaterThan(3 * perStep);
    assertThat(perStep).isGreaterThan(binomial);
    assertThat(binomial).isGreaterThan(reverse);
    assertThat(peak(new AnodeCheckpoint(new Revolve(4)))).isEqualTo(binomial);
  }

  private static long peak(AdjointStrategy strategy) {
    OdeBlock block =
        new OdeBlock.Builder()
            .dynamics(Networks.DYNAMICS.get(IMAGES).get())
            .solver(new Euler())
            .steps(16)
            .adjoint(strategy)
            .build();
    MultiLayerNetwork network =
        Networks.network(IMAGES, block, WorkspaceMode.ENABLED, new Sgd(0.001));
    fit(network, Networks.data(IMAGES), 1);
    return ((OdeBlockLayer) network.getLayer(1)).statistics().peakSavedBytes();
  }

  private static void fit(MultiLayerNetwork network, DataSet data, int iterations) {
    for (int i = 0; i < iterations; i++) {
      network.fit(data);
    }
  }
}
