/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.executor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.common.io.Resource;
import org.nd4j.linalg.factory.Environment;
import org.nd4j.linalg.factory.Nd4jBackend;

class ComputeBackendTest {
  private final AtomicInteger loads = new AtomicInteger();

  @Test
  void theBackendOfTheTestsComputes() {
    assertThat(ComputeBackend.problem()).isEmpty();
    assertThatNoException().isThrownBy(ComputeBackend::require);
  }

  @Test
  void aBackendThatCanRunIsLoaded() {
    assertThat(ComputeBackend.problem(List.of(gpus(() -> true)), loads::incrementAndGet)).isEmpty();
    assertThat(loads).hasValue(1);
  }

  @Test
  void aMachineWithoutADriverIsToldWhatTheGpuNeedsAndNd4jIsNotTouched() {
    Nd4jBackend backend =
        gpus(
            () -> {
              throw new UnsatisfiedLinkError("libcuda.so.1: cannot open shared object file");
            });
    assertThat(ComputeBackend.problem(List.of(backend), loads::incrementAndGet))
        .hasValue(
            "ND4J's FakeBackend finds no GPU that it can use (libcuda.so.1: cannot open shared object"
                + " file): expected a GPU, its driver, CUDA 11.6 and cuDNN 8 on the machines of driver"
                + " and executors; install what is missing, or take the jar for processors;"
                + " docs/gpu.md.");
    assertThat(loads).hasValue(0);
  }

  @Test
  void theReasonIsTheFirstOneInTheChainOfCauses() {
    Nd4jBackend backend =
        gpus(
            () -> {
              throw new ExceptionInInitializerError(
                  new RuntimeException(
                      new IllegalStateException("no CUDA-capable device\nat 0x1")));
            });
    assertThat(ComputeBackend.problem(List.of(backend), loads::incrementAndGet).orElseThrow())
        .contains("(no CUDA-capable device): ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "no jnind4jcpu in java.library.path: /lib",
        "Could not find jniopenblas in class, module, and library paths."
      })
  void librariesThatAreNowhereCallForTheFolderOfNativeJars(String reason) {
    Nd4jBackend processors = new FakeBackend(Nd4jBackend.BACKEND_PRIORITY_CPU, () -> true);
    Runnable load =
        () -> {
          throw new ExceptionInInitializerError(new UnsatisfiedLinkError(reason));
        };
    assertThat(ComputeBackend.problem(List.of(processors), load).orElseThrow())
        .startsWith("ND4J's FakeBackend lacks its native libraries (" + reason + "): ")
        .contains("spark.native-jars");
  }

  @Test
  void aJarWithoutAnyBackendIsNamed() {
    assertThat(ComputeBackend.problem(List.of(), loads::incrementAndGet).orElseThrow())
        .startsWith("No backend of ND4J is on the class path");
  }

  private static Nd4jBackend gpus(BooleanSupplier canRun) {
    return new FakeBackend(Nd4jBackend.BACKEND_PRIORITY_GPU, canRun);
  }

  private static final class FakeBackend extends Nd4jBackend {
    private final int priority;
    private final BooleanSupplier canRun;

    FakeBackend(int priority, BooleanSupplier canRun) {
      this.priority = priority;
      this.canRun = canRun;
    }

    @Override
    public int getPriority() {
      return priority;
    }

    @Override
    public boolean canRun() {
      return canRun.getAsBoolean();
    }

    @Override
    public boolean isAvailable() {
      throw new AssertionError("it prints stack traces");
    }

    @Override
    public Class<?> getNDArrayClass() {
      throw new UnsupportedOperationException();
    }

    @Override
    public boolean allowsOrder() {
      throw new UnsupportedOperationException();
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
