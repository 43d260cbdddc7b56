/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.config;

import com.typesafe.config.ConfigOrigin;

/** Says where a value was written. */
final class Origin {
  private Origin() {}

  /** For example {@code /home/me/my.conf, line 3} or {@code --set}. */
  static String describe(ConfigOrigin origin) {
    if (origin.filename() == null) {
      return origin.description();
    }
    return origin.lineNumber() > 0
        ? origin.filename() + ", line " + origin.lineNumber()
        : origin.filename();
  }
}
