/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.config;

import java.net.URI;
import java.util.Locale;

/**
 * What {@code data.source = download} fetches: {@code data.set} and section {@code data.download}.
 *
 * @param set {@code cifar10} or {@code cifar100}
 * @param folder where archives are kept, on this machine; empty only where nothing filled in the
 *     default
 * @param url the folder with the archives, an {@code http} or {@code https} address that ends with
 *     a slash
 */
public record DownloadSettings(String set, String folder, String url) {
  static DownloadSettings from(SettingReader reader) {
    return new DownloadSettings(
        reader.choice("data.set", "cifar10", "cifar100"),
        reader.text("data.download.folder"),
        reader.text(
            "data.download.url",
            DownloadSettings::isFolderAddress,
            "an http: or https: address that ends with a slash"));
  }

  private static boolean isFolderAddress(String text) {
    try {
      URI uri = URI.create(text);
      String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
      return (scheme.equals("http") || scheme.equals("https"))
          && uri.getHost() != null
          && uri.getQuery() == null
          && uri.getFragment() == null
          && text.endsWith("/");
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
