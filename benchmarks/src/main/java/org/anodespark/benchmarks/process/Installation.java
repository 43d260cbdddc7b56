/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.benchmarks.process;

import java.nio.file.Path;

/**
 * Where things are that are no classes.
 *
 * @param home folder of the module
 */
public record Installation(Path home) {
  /** As the system property {@code benchmarks.home} says; the working folder if it says nothing. */
  public static Installation current() {
    return new Installation(Path.of(System.getProperty("benchmarks.home", "")).toAbsolutePath());
  }

  /** The script of PyTorch's child process. */
  public Path pythonScript() {
    return home.resolve("src/main/python/pytorch_block.py");
  }

  /** Where DJL unpacks libtorch. */
  public Path djlCache() {
    return home.resolve("target/djl");
  }

  /** The command line of the Spark jobs. */
  public Path submitScript() {
    return home.resolveSibling("submit.sh");
  }
}
