/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.executor;

import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.regex.Pattern;
import org.anodespark.jobs.failure.ExitCode;
import org.anodespark.jobs.failure.JobFailure;
import org.anodespark.jobs.failure.Reason;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.factory.Nd4jBackend;

/**
 * Whether ND4J is able to compute in this process. ND4J itself fails with an {@link
 * ExceptionInInitializerError} where it is used first, after stack traces of its own, and with a
 * {@link NoClassDefFoundError} without a reason from then on; so it is asked here before.
 */
public final class ComputeBackend {
  /**
   * JavaCPP's or Java's words for a library that is in none of the jars, not for one that does not
   * work.
   */
  private static final Pattern NOT_THERE =
      Pattern.compile("Could not find jni\\w+ in .*|no jni\\w+ in java\\.library\\.path.*");

  private ComputeBackend() {}

  /**
   * Sees to it that ND4J computes in this process. Takes a second or two at the first call, then
   * nothing.
   *
   * @throws JobFailure with exit code 3 if it cannot
   */
  public static void require() {
    Optional<String> problem = problem();
    if (problem.isPresent()) {
      throw new JobFailure(ExitCode.PREFLIGHT_FAILED, problem.get());
    }
  }

  /** Why ND4J cannot compute in this process and what to do, as a sentence; empty if it can. */
  public static Optional<String> problem() {
    return ThisProcess.PROBLEM;
  }

  /**
   * Asks backends, and lets ND4J load its own choice of them if any can run.
   *
   * @param backends those on the class path
   * @param load uses ND4J for the first time
   */
  static Optional<String> problem(List<Nd4jBackend> backends, Runnable load) {
    String problem =
        "No backend of ND4J is on the class path: expected one in the jar for spark-submit, as the"
            + " build makes it.";
    for (Nd4jBackend backend : backends) {
      try {
        if (backend.canRun()) {
          load.run();
          return Optional.empty();
        }
        problem = sentence(backend, "it says that it cannot run here");
      } catch (RuntimeException | LinkageError e) {
        problem = sentence(backend, Reason.ofRoot(e));
      }
    }
    return Optional.of(problem);
  }

  private static String sentence(Nd4jBackend backend, String reason) {
    String name = backend.getClass().getSimpleName();
    if (NOT_THERE.matcher(reason).matches()) {
      return "ND4J's %s lacks its native libraries (%s): a jar without them needs spark.native-jars, a folder with those of the same build on every machine; docs/gpu.md."
          .formatted(name, reason);
    }
    return backend.getPriority() == Nd4jBackend.BACKEND_PRIORITY_GPU
        ? "ND4J's %s finds no GPU that it can use (%s): expected a GPU, its driver, CUDA 11.6 and cuDNN 8 on the machines of driver and executors; install what is missing, or take the jar for processors; docs/gpu.md."
            .formatted(name, reason)
        : "ND4J's %s cannot be loaded (%s): expected Linux on x86-64 and a temporary folder with room for 400 MB (-Dorg.bytedeco.javacpp.cachedir)."
            .formatted(name, reason);
  }

  /** What became of this process's only try: Java loads a class once. */
  private static final class ThisProcess {
    static final Optional<String> PROBLEM =
        problem(
            ServiceLoader.load(Nd4jBackend.class, ComputeBackend.class.getClassLoader()).stream()
                .map(ServiceLoader.Provider::get)
                .toList(),
            Nd4j::getBackend);
  }
}
