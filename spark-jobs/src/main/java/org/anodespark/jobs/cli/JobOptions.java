/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.anodespark.jobs.config.SettingSources;
import org.anodespark.jobs.failure.JobFailure;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/**
 * What launcher and driver are both given: {@code JOB [--conf FILE]... [--set KEY=VALUE]...
 * [--allow-change KEY]... [--add-trials N]}.
 */
final class JobOptions {
  @Parameters(index = "0", arity = "0..1", paramLabel = "JOB")
  private String job = "";

  @Option(names = "--conf", paramLabel = "FILE")
  private final List<Path> files = new ArrayList<>();

  @Option(names = "--set", paramLabel = "KEY=VALUE")
  private final List<String> overrides = new ArrayList<>();

  @Option(names = "--allow-change", paramLabel = "KEY")
  private final List<String> allowedChanges = new ArrayList<>();

  @Option(names = "--add-trials", paramLabel = "N")
  private String addedTrials = "";

  /**
   * Fills an annotated object from arguments, each taken as it is.
   *
   * @throws JobFailure exit code 2, when the arguments do not fit
   */
  static <T> T parse(T target, List<String> arguments) {
    try {
      new CommandLine(target)
          .setExpandAtFiles(false)
          .setInterpolateVariables(false)
          .parseArgs(arguments.toArray(String[]::new));
      return target;
    } catch (ParameterException e) {
      throw JobFailure.badConfiguration(
          e.getMessage().strip() + ": ./submit.sh --help shows what can be given.", e);
    }
  }

  /**
   * The job asked for.
   *
   * @throws JobFailure exit code 2, when it is missing or unknown
   */
  JobName job() {
    return JobName.of(job);
  }

  SettingSources sources() {
    SettingSources typed = new SettingSources(files, overrides);
    return addedTrials.isEmpty() ? typed : typed.and(List.of("sweep.added-trials=" + addedTrials));
  }

  /** Settings that may differ from those of the run that is to be continued. */
  List<String> allowedChanges() {
    return List.copyOf(allowedChanges);
  }
}
