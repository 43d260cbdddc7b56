/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.run;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/** The versions that a run used. */
public final class Versions {
  private Versions() {}

  /**
   * Names and versions, in alphabetical order.
   *
   * @param spark the version of the running Spark, which need not be the one compiled against
   */
  public static Map<String, String> of(String spark) {
    Properties built = new Properties();
    try (InputStream in = Versions.class.getResourceAsStream("versions.properties")) {
      built.load(in);
    } catch (IOException e) {
      throw new IllegalStateException("versions.properties cannot be read from the jar", e);
    }
    Map<String, String> versions = new TreeMap<>();
    built.forEach((name, version) -> versions.put((String) name, (String) version));
    versions.put("java", System.getProperty("java.version"));
    versions.put("spark", spark);
    return versions;
  }
}
