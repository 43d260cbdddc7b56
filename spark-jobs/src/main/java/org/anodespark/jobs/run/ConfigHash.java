/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import org.anodespark.jobs.config.Settings;
import org.anodespark.jobs.files.Sha256;

/**
 * Identifies what a run was asked to do: SHA-256, in hexadecimal, of all settings but {@code
 * run.dir}. Equal settings have equal hashes, however they were spelt and wherever they came from.
 */
public final class ConfigHash {
  private ConfigHash() {}

  /** The hash of the settings, 64 hexadecimal digits. */
  public static String of(Settings settings) {
    ObjectNode all = (ObjectNode) Json.canonicalTree(settings);
    ((ObjectNode) all.get("run")).remove("dir");
    return Sha256.of(all.toString().getBytes(StandardCharsets.UTF_8));
  }
}
