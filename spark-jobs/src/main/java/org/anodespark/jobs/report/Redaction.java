/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.report;

import java.util.regex.Pattern;

/** Hides secrets among settings. */
final class Redaction {
  static final String MASK = "*****";

  /** What {@code spark.redaction.regex} is by default, and the same with other separators. */
  private static final Pattern SECRET =
      Pattern.compile("secret|password|token|access[._-]?key", Pattern.CASE_INSENSITIVE);

  private static final Pattern CREDENTIALS_IN_ADDRESS = Pattern.compile("//[^/@\\s]*:[^/@\\s]*@");

  private Redaction() {}

  /** The value of a setting, masked if, as Spark judges, key or value tell of a secret. */
  static String ofSetting(String key, String value) {
    return SECRET.matcher(key).find() || SECRET.matcher(value).find() ? MASK : ofText(value);
  }

  /** Text without the names and passwords of addresses in it. */
  static String ofText(String text) {
    return CREDENTIALS_IN_ADDRESS.matcher(text).replaceAll("//" + MASK + "@");
  }
}
