/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.block;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.List;
import java.util.regex.Pattern;
import org.anodespark.jobs.config.SettingSources;
import org.anodespark.jobs.config.SettingsLoader;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The launcher checks the settings of a block in a process without Spark and its logger, and must
 * not take the seconds and the memory that ND4J needs to start.
 */
class WithoutNativeLibrariesTest {
  private static LauncherClasses launcher;

  @BeforeAll
  static void openClassLoader() {
    launcher = new LauncherClasses();
  }

  @AfterAll
  static void closeClassLoader() throws IOException {
    launcher.close();
  }

  static List<String> solvers() {
    return StepMethods.CHOICES.names();
  }

  static List<String> adjoints() {
    return AdjointStrategies.CHOICES.names();
  }

  @ParameterizedTest
  @MethodSource("solvers")
  void everySolverIsMade(String solver) {
    assertThatCode(() -> load("model.block.solver=" + solver)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @MethodSource("adjoints")
  void everyAdjointIsMadeAndChecked(String adjoint) throws Exception {
    try {
      load("model.block.solver=dormand-prince", "model.block.adjoint=" + adjoint);
    } catch (InvocationTargetException e) {
      // some do not fit the solver, which is an answer too
      assertThat(e.getCause().getClass().getSimpleName()).isEqualTo("JobFailure");
    }
  }

  @Test
  void adaptiveStepsAreMade() {
    assertThatCode(() -> load("model.block.solver=dormand-prince", "model.block.steps=0"))
        .doesNotThrowAnyException();
  }

  @Test
  void whatNeedsNd4jIsNoticedHere() {
    assertThatThrownBy(() -> launcher.loadClass("org.nd4j.linalg.factory.Nd4j"))
        .isInstanceOf(ClassNotFoundException.class);
  }

  /** {@link SettingsLoader#load} as the launcher calls it. */
  private static void load(String... overrides) throws ReflectiveOperationException {
    Object sources =
        launcher
            .loadClass(SettingSources.class.getName())
            .getConstructor(List.class, List.class)
            .newInstance(List.of(), List.of(overrides));
    launcher
        .loadClass(SettingsLoader.class.getName())
        .getMethod("load", sources.getClass())
        .invoke(null, sources);
  }

  /** The classes of this test's class path without those that the launcher must not need. */
  private static final class LauncherClasses extends URLClassLoader {
    private static final List<String> MISSING =
        List.of(
            "org.nd4j.linalg.factory.Nd4j",
            "org.nd4j.nativeblas.",
            "org.bytedeco.",
            "org.slf4j.",
            "org.apache.spark.",
            "scala.");

    LauncherClasses() {
      super(
          Pattern.compile(File.pathSeparator)
              .splitAsStream(System.getProperty("java.class.path"))
              .map(LauncherClasses::url)
              .toArray(URL[]::new),
          ClassLoader.getPlatformClassLoader());
    }

    private static URL url(String file) {
      try {
        return new File(file).toURI().toURL();
      } catch (MalformedURLException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      if (MISSING.stream().anyMatch(name::startsWith)) {
        throw new ClassNotFoundException(name + " is not to be had in the launcher");
      }
      return super.findClass(name);
    }
  }
}
