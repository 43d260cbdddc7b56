/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.kernel;

import java.util.function.Supplier;
import org.anodespark.odelayers.kernel.nd4j.Nd4jKernels;
import org.anodespark.odelayers.kernel.onednn.OneDnnKernels;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.factory.Nd4jBackend;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which kernels this process computes with: oneDNN where it works (float32 and bfloat16 on an
 * x86-64 processor, with ND4J's backend for processors), ND4J's operations everywhere else (double
 * precision, CUDA, other processors).
 *
 * <p>The choice is the process's, made by the system property {@value KernelChoice#PROPERTY}
 * ({@code auto}, {@code onednn} or {@code nd4j}) or by {@link #choose} before the first layer is
 * made.
 */
public final class KernelBackend {
  private static final Logger LOG = LoggerFactory.getLogger(KernelBackend.class);
  private static final Kernels ND4J = new Nd4jKernels();

  private static volatile Kernels single;

  private KernelBackend() {}

  /**
   * The kernels for arrays of a type; the same at each call unless {@link #choose} comes between.
   *
   * @param type of the parameters
   * @throws IllegalStateException if kernels were asked for that this machine does not have
   */
  public static Kernels kernels(DataType type) {
    return type == DataType.FLOAT ? single() : ND4J;
  }

  /**
   * Chooses anew, for kernels that are asked for from now on.
   *
   * @throws IllegalStateException if this machine does not have them
   */
  public static synchronized void choose(KernelChoice choice) {
    Kernels chosen = find(choice, Nd4j.getBackend(), OneDnnKernels::new);
    if (single == null || !single.name().equals(chosen.name())) {
      LOG.info("Kernels for float32: {} (chosen by {})", chosen.name(), choice);
    }
    single = chosen;
  }

  private static Kernels single() {
    if (single == null) {
      choose(
          KernelChoice.of(System.getProperty(KernelChoice.PROPERTY, KernelChoice.AUTO.toString())));
    }
    return single;
  }

  /**
   * Finds the kernels.
   *
   * @param backend ND4J's
   * @param oneDnn loads oneDNN; called only if it could be used
   * @throws IllegalStateException if they were asked for and cannot be used
   */
  static Kernels find(KernelChoice choice, Nd4jBackend backend, Supplier<Kernels> oneDnn) {
    if (choice == KernelChoice.ND4J) {
      return ND4J;
    }
    String obstacle = "";
    if (!backend.getNDArrayClass().getName().contains(".cpu.")) {
      obstacle = "ND4J's backend is " + backend.getClass().getSimpleName();
    } else {
      try {
        return oneDnn.get();
      } catch (LinkageError | RuntimeException e) {
        obstacle = "oneDNN cannot be loaded: " + e;
      }
    }
    if (choice == KernelChoice.ONEDNN) {
      throw new IllegalStateException(
          "The kernels onednn cannot be used, because " + obstacle + "; choose auto or nd4j.");
    }
    LOG.warn("Computing with ND4J's operations, because {}", obstacle);
    return ND4J;
  }
}
