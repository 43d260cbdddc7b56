/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.cli;

import java.util.List;
import java.util.Optional;
import org.anodespark.jobs.failure.JobFailure;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The arguments of {@code submit.sh}. */
final class LaunchOptions {
  private static final String END_OF_OPTIONS = "--";

  @Mixin private final JobOptions jobOptions = new JobOptions();

  @Option(names = "--profile", paramLabel = "NAME")
  private String profile = "local";

  @Option(names = "--master", paramLabel = "URL")
  private String master;

  @Option(names = "--dry-run")
  private boolean dryRun;

  private final List<String> sparkSubmitArguments;

  private LaunchOptions(List<String> sparkSubmitArguments) {
    this.sparkSubmitArguments = List.copyOf(sparkSubmitArguments);
  }

  /**
   * Reads the whole command line.
   *
   * @throws JobFailure exit code 2, when the arguments do not fit
   */
  static LaunchOptions parse(List<String> arguments) {
    int end = arguments.indexOf(END_OF_OPTIONS);
    return end < 0
        ? JobOptions.parse(new LaunchOptions(List.of()), arguments)
        : JobOptions.parse(
            new LaunchOptions(arguments.subList(end + 1, arguments.size())),
            arguments.subList(0, end));
  }

  JobOptions jobOptions() {
    return jobOptions;
  }

  /** The file below {@code conf/profiles}, without its suffix. */
  String profile() {
    return profile;
  }

  /** The master URL, when it was given. */
  Optional<String> master() {
    return Optional.ofNullable(master);
  }

  boolean dryRun() {
    return dryRun;
  }

  /** What stood after {@code --}. */
  List<String> sparkSubmitArguments() {
    return sparkSubmitArguments;
  }
}
