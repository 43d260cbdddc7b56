/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.config;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Those of Java's packages into which Spark and Kryo look, and which Java 17 has to open to them.
 */
public final class OpenedPackages {
  private static final List<String> NAMES =
      List.of(
          "java.lang",
          "java.lang.invoke",
          "java.lang.reflect",
          "java.io",
          "java.net",
          "java.nio",
          "java.util",
          "java.util.concurrent",
          "java.util.concurrent.atomic",
          "jdk.internal.ref",
          "sun.nio.ch",
          "sun.nio.cs",
          "sun.security.action",
          "sun.util.calendar");

  private OpenedPackages() {}

  /** Options for Java that open them. */
  public static String javaOptions() {
    return NAMES.stream()
        .map(name -> "--add-opens=java.base/" + name + "=ALL-UNNAMED")
        .collect(Collectors.joining(" "));
  }

  /** Those that this process was started without. */
  public static List<String> closedHere() {
    Module base = Object.class.getModule();
    Module ours = OpenedPackages.class.getModule();
    return NAMES.stream().filter(name -> !base.isOpen(name, ours)).toList();
  }
}
