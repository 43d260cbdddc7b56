/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.cli;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigRenderOptions;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.anodespark.jobs.config.ResolvedSettings;
import org.anodespark.jobs.config.SettingSources;
import org.anodespark.jobs.config.SettingsLoader;
import org.anodespark.jobs.failure.ExitCode;
import org.anodespark.jobs.failure.JobFailure;

/**
 * The first process of a run: checks everything that was typed and says how spark-submit is to be
 * called. It starts nothing itself.
 *
 * <p>{@code submit.sh} tells it where things are by environment variables: {@code ANODE_SPARK_HOME}
 * (the folder of submit.sh), {@code ANODE_SPARK_JAR} (our jar), {@code SPARK_HOME}, and {@code
 * ANODE_SPARK_COMMAND_FILE}, an empty file that gets the command. After a dry run it stays empty.
 */
public final class Launcher {
  private static final ConfigRenderOptions SETTINGS_FORMAT =
      ConfigRenderOptions.defaults().setOriginComments(false).setComments(false).setJson(false);

  private final Map<String, String> environment;
  private final Path workingDirectory;
  private final LocalDateTime now;
  private final PrintStream out;
  private final PrintStream err;

  /**
   * @param environment as described above
   * @param workingDirectory the user's current folder, absolute
   * @param now names the run
   */
  Launcher(
      Map<String, String> environment,
      Path workingDirectory,
      LocalDateTime now,
      PrintStream out,
      PrintStream err) {
    this.environment = Map.copyOf(environment);
    this.workingDirectory = workingDirectory;
    this.now = now;
    this.out = out;
    this.err = err;
  }

  /** Called by {@code submit.sh} with its own arguments. */
  public static void main(String[] arguments) {
    Launcher launcher =
        new Launcher(
            System.getenv(),
            Path.of("").toAbsolutePath(),
            LocalDateTime.now(ZoneId.systemDefault()),
            System.out,
            System.err);
    System.exit(launcher.run(List.of(arguments)));
  }

  /** Returns the exit status. */
  int run(List<String> arguments) {
    try {
      launch(LaunchOptions.parse(arguments));
      return ExitCode.DONE.code();
    } catch (JobFailure failure) {
      return FailureLine.print(failure, err);
    }
  }

  private void launch(LaunchOptions options) {
    JobName job = options.jobOptions().job();
    Installation installation =
        new Installation(path("ANODE_SPARK_HOME"), path("ANODE_SPARK_JAR"), path("SPARK_HOME"));
    SettingSources typed = sources(options, installation);
    SettingSources complete =
        typed.and(
            new PathDefaults(
                    installation.home(), workingDirectory, Path.of(environment("HOME")), now)
                .overrides(job, SettingsLoader.load(typed).settings()));
    ResolvedSettings resolved = SettingsLoader.load(complete);
    SparkSubmitCommand command =
        SparkSubmitCommand.of(
            job,
            complete,
            resolved,
            options.jobOptions().allowedChanges(),
            installation,
            options.sparkSubmitArguments(),
            environment);
    if (options.dryRun()) {
      show(
          job,
          complete.withoutSecrets(),
          SettingsLoader.loadWithoutSecrets(complete).config(),
          command.readable(installation.sparkSubmit()));
    } else {
      write(command);
    }
  }

  /** The profile, then what was typed; all files absolute. */
  private SettingSources sources(LaunchOptions options, Installation installation) {
    SettingSources typed = options.jobOptions().sources();
    List<Path> files = new ArrayList<>();
    files.add(installation.profile(options.profile()));
    typed.files().forEach(file -> files.add(workingDirectory.resolve(file)));
    return new SettingSources(files, typed.overrides())
        .and(options.master().map(master -> "spark.master=" + master).stream().toList());
  }

  private void show(JobName job, SettingSources sources, Config config, String command) {
    out.println("# Settings of the job " + job.typed() + ", from reference.conf");
    sources.files().forEach(file -> out.println("#   then " + file));
    sources.overrides().forEach(override -> out.println("#   then --set " + override));
    out.println(config.root().render(SETTINGS_FORMAT));
    out.println("# Command, not run");
    out.println(command);
  }

  private void write(SparkSubmitCommand command) {
    try {
      Files.writeString(path("ANODE_SPARK_COMMAND_FILE"), command.nulSeparated());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path path(String variable) {
    return Path.of(environment(variable));
  }

  private String environment(String variable) {
    String value = environment.get(variable);
    if (value == null) {
      throw new IllegalStateException(variable + " is not set; submit.sh sets it");
    }
    return value;
  }
}
