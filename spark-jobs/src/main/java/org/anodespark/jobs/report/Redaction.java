/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.report;

import java.util.regex.Pattern;
import org.anodespark.jobs.config.SparkSecrets;

/** Hides secrets among settings. */
final class Redaction {
  static final String MASK = "*****";

  private static final Pattern CREDENTIALS_IN_ADDRESS = Pattern.compile("//[^/@\\s]*:[^/@\\s]*@");

  private Redaction() {}

  /** The value of a setting, masked if, as Spark judges, key or value tell of a secret. */
  static String ofSetting(String key, String value) {
    return SparkSecrets.isSecret(key, value) ? MASK : ofText(value);
  }

  /** Text without the names and passwords of addresses in it. */
  static String ofText(String text) {
    return CREDENTIALS_IN_ADDRESS.matcher(text).replaceAll("//" + MASK + "@");
  }
}
