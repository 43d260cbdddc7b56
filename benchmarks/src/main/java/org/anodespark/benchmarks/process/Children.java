/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.benchmarks.process;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Starts measured processes that all have the same number of threads.
 *
 * @param threads of OpenMP, at least 1
 * @param logs folder for their standard error streams, there already
 */
public record Children(int threads, Path logs) {
  /**
   * Reads the number of threads.
   *
   * @param environment of this process
   * @return the value of {@code OMP_NUM_THREADS}, or the number of processors
   * @throws IllegalArgumentException if the value is no number from 1 on
   */
  public static int threadsOf(Map<String, String> environment) {
    String value = environment.get("OMP_NUM_THREADS");
    if (value == null) {
      return Runtime.getRuntime().availableProcessors();
    }
    if (!value.matches("[1-9]\\d{0,3}")) {
      throw new IllegalArgumentException(
          "OMP_NUM_THREADS is \"" + value + "\", expected a number of threads, at least 1.");
    }
    return Integer.parseInt(value);
  }

  /**
   * Starts this program's Java with another main class.
   *
   * @param mainClass serves a {@link Workload}
   * @param options further ones for the JVM
   * @throws Unavailable if it cannot be started
   */
  public Child java(Class<?> mainClass, String... options) throws Unavailable {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // as jobs are started
    command.add("-XX:TieredStopAtLevel=1");
    // arrays live outside the heap
    command.add("-Xmx2g");
    command.add("-Dorg.bytedeco.javacpp.maxbytes=8g");
    command.add("-Dorg.bytedeco.javacpp.maxphysicalbytes=10g");
    String logging = System.getProperty("log4j2.configurationFile");
    if (logging != null) {
      command.add("-Dlog4j2.configurationFile=" + logging);
    }
    command.addAll(List.of(options));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), mainClass.getName()));
    return program(mainClass.getSimpleName(), command);
  }

  /**
   * Starts another program.
   *
   * @param name for messages and for its log
   * @throws Unavailable if there is none
   */
  public Child program(String name, List<String> command) throws Unavailable {
    return Child.start(
        name,
        command,
        Map.of("OMP_NUM_THREADS", Integer.toString(threads)),
        logs.resolve(name + ".log"));
  }
}
