/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What the profiles {@code thin} and {@code cuda} build: a jar, and native libraries beside it. */
final class ThinBuild {
  private static final Path FOLDER = Path.of(System.getProperty("anode-spark.thin"));
  private static final Pattern NATIVE_LIBRARY =
      Pattern.compile(".*\\.(so(\\.\\d+)*|dll|dylib|jnilib|a)");

  /** In front of a classifier or of the ending. */
  private static final Pattern VERSION =
      Pattern.compile("-\\d+(\\.\\d+)+(-M[\\d.]+)?(-\\d[\\d.]*)*(?=-linux|\\.jar)");

  /** The jar for spark-submit. */
  static final Path JAR = FOLDER.resolve("anode-spark-jobs.jar");

  /** The folder for {@code spark.native-jars}. */
  static final Path NATIVE_JARS = FOLDER.resolve("native-jars");

  private ThinBuild() {}

  /** Entries of a jar that are native libraries. */
  static List<String> nativeLibraries(Path jar) throws IOException {
    try (JarFile file = new JarFile(jar.toFile())) {
      return file.stream()
          .map(entry -> entry.getName())
          .filter(NATIVE_LIBRARY.asMatchPredicate())
          .toList();
    }
  }

  /** Names of the native jars, without version, with classifier, sorted. */
  static List<String> nativeJars() throws IOException {
    try (Stream<Path> jars = Files.list(NATIVE_JARS)) {
      return jars.map(jar -> VERSION.matcher(jar.getFileName().toString()).replaceFirst(""))
          .sorted()
          .toList();
    }
  }
}
