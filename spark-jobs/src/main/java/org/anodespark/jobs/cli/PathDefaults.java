/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.cli;

import com.typesafe.config.ConfigUtil;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.anodespark.jobs.config.DataSettings;
import org.anodespark.jobs.config.ReportSettings;
import org.anodespark.jobs.config.Settings;

/**
 * Makes every path setting absolute, so that launcher, driver and executors mean the same place.
 *
 * <p>Empty paths get their default below the project's folder, relative ones start at the user's
 * current folder, {@code ~/} at the user's home; all become {@code file:} URIs, which stay on this
 * machine whatever the cluster's default file system is. Absolute paths and URIs are left alone:
 * Hadoop decides what they mean. {@code spark.native-jars} goes onto class paths, so it stays a
 * path of the operating system.
 *
 * @param home the folder of {@code submit.sh}, absolute
 * @param workingDirectory the user's current folder, absolute
 * @param userHome what {@code ~} stands for, absolute
 * @param now names the run
 */
record PathDefaults(Path home, Path workingDirectory, Path userHome, LocalDateTime now) {
  private static final DateTimeFormatter TIMESTAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT);
  private static final Pattern URI = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+:/.*");

  /** The overrides, {@code key=value}, that complete these settings. */
  List<String> overrides(JobName job, Settings settings) {
    DataSettings data = settings.data();
    List<String> overrides = new ArrayList<>();
    if (!data.source().isEmpty() && !data.hasDefaultPath()) {
      overrides.add("data.source=" + absolute(data.source()));
    }
    if (data.source().equals(DataSettings.DOWNLOAD)) {
      String folder = data.download().folder();
      overrides.add(
          "data.download.folder="
              + (folder.isEmpty() ? uri(home.resolve("downloads")) : absolute(folder)));
    }
    overrides.add(
        "data.path=" + (data.path().isEmpty() ? defaultData(settings) : absolute(data.path())));
    String runDirectory = settings.run().dir();
    overrides.add("run.dir=" + (runDirectory.isEmpty() ? newRun(job) : absolute(runDirectory)));
    String nativeJars = settings.spark().nativeJars();
    if (!nativeJars.isEmpty()) {
      overrides.add("spark.native-jars=" + expanded(nativeJars).normalize());
    }
    optional(overrides, "evaluate.model", settings.evaluate().model());
    optional(overrides, "predict.model", settings.predict().model());
    optional(overrides, "predict.input", settings.predict().input());
    optional(overrides, "predict.output", settings.predict().output());
    optional(overrides, "export.model", settings.export().model());
    optional(overrides, "export.output", settings.export().output());
    ReportSettings report = settings.report();
    if (!report.runs().isEmpty()) {
      overrides.add(
          "report.runs="
              + report.runs().stream()
                  .map(run -> ConfigUtil.quoteString(absolute(run)))
                  .collect(Collectors.joining(",", "[", "]")));
    }
    if (!report.output().isEmpty()) {
      overrides.add("report.output=" + absolute(report.output()));
    }
    return List.copyOf(overrides);
  }

  private void optional(List<String> overrides, String key, String path) {
    if (!path.isEmpty()) {
      overrides.add(key + "=" + absolute(path));
    }
  }

  /** A folder whose name tells apart all that the images depend on. */
  private String defaultData(Settings settings) {
    DataSettings data = settings.data();
    long seed = settings.seed();
    boolean builtin = data.source().equals(DataSettings.BUILTIN);
    String name =
        builtin
            ? "builtin-" + seed + "-" + data.builtinTrain() + "-" + data.builtinTest()
            : data.download().set();
    if (data.validation() > 0) {
      name += "-validation-" + data.validation() + (builtin ? "" : "-" + seed);
    }
    return uri(home.resolve("data").resolve(name));
  }

  private String newRun(JobName job) {
    return uri(home.resolve("runs").resolve(job.typed() + "-" + TIMESTAMP.format(now)));
  }

  private String absolute(String path) {
    if (path.startsWith("/") || URI.matcher(path).matches()) {
      return path;
    }
    return uri(expanded(path));
  }

  private Path expanded(String path) {
    return path.equals("~") || path.startsWith("~/")
        ? userHome.resolve(path.substring(Math.min(2, path.length())))
        : workingDirectory.resolve(path);
  }

  /** Not {@link Path#toUri()}: Hadoop reads paths as they are, without percent escapes. */
  private static String uri(Path path) {
    return "file:" + path.normalize();
  }
}
