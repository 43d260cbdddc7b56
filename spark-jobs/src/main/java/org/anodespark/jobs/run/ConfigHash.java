/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.anodespark.jobs.config.Settings;

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
    return HexFormat.of()
        .formatHex(sha256().digest(all.toString().getBytes(StandardCharsets.UTF_8)));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
