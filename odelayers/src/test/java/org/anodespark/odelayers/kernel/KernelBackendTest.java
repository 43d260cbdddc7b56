/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.anodespark.odelayers.kernel.nd4j.Nd4jKernels;
import org.anodespark.odelayers.kernel.onednn.OneDnnKernels;
import org.junit.jupiter.api.Test;
import org.nd4j.common.io.Resource;
import org.nd4j.linalg.api.ndarray.BaseNDArray;
import org.nd4j.linalg.factory.Environment;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.factory.Nd4jBackend;

class KernelBackendTest {
  @Test
  void onProcessorsOneDnnIsChosen() {
    assertThat(KernelBackend.find(KernelChoice.AUTO, Nd4j.getBackend(), OneDnnKernels::new))
        .isInstanceOf(OneDnnKernels.class);
  }

  @Test
  void onAnotherBackendNd4jComputesAndOneDnnIsNotEvenLoaded() {
    assertThat(
            KernelBackend.find(
                KernelChoice.AUTO, new GpuBackend(), KernelBackendTest::notToBeLoaded))
        .isInstanceOf(Nd4jKernels.class);
    assertThat(
            KernelBackend.find(
                KernelChoice.ND4J, new GpuBackend(), KernelBackendTest::notToBeLoaded))
        .isInstanceOf(Nd4jKernels.class);
  }

  @Test
  void oneDnnIsRefusedOnAnotherBackendByName() {
    assertThatIllegalStateException()
        .isThrownBy(
            () ->
                KernelBackend.find(
                    KernelChoice.ONEDNN, new GpuBackend(), KernelBackendTest::notToBeLoaded))
        .withMessage(
            "The kernels onednn cannot be used, because ND4J's backend is GpuBackend; choose auto or nd4j.");
  }

  @Test
  void withoutTheJarsOfOneDnnNd4jComputes() {
    assertThat(
            KernelBackend.find(
                KernelChoice.AUTO, Nd4j.getBackend(), KernelBackendTest::withoutItsJars))
        .isInstanceOf(Nd4jKernels.class);
  }

  private static Kernels notToBeLoaded() {
    throw new AssertionError("oneDNN was loaded");
  }

  private static Kernels withoutItsJars() {
    throw new NoClassDefFoundError("org/bytedeco/dnnl/global/dnnl");
  }

  /** Knows what is asked of it before ND4J's arrays exist: of which class they are. */
  private static final class GpuBackend extends Nd4jBackend {
    @Override
    public Class<?> getNDArrayClass() {
      return BaseNDArray.class;
    }

    @Override
    public boolean allowsOrder() {
      throw new UnsupportedOperationException();
    }

    @Override
    public int getPriority() {
      return BACKEND_PRIORITY_GPU;
    }

    @Override
    public boolean isAvailable() {
      return true;
    }

    @Override
    public boolean canRun() {
      return true;
    }

    @Override
    public Resource getConfigurationResource() {
      throw new UnsupportedOperationException();
    }

    @Override
    public Environment getEnvironment() {
      throw new UnsupportedOperationException();
    }

    @Override
    public String buildInfo() {
      throw new UnsupportedOperationException();
    }

    @Override
    public void logBackendInit() {}
  }
}
