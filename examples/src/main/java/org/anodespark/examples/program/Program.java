/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.examples.program;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.anodespark.examples.report.ReportFolder;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * A subcommand that writes a report to a folder, below the one that the system property {@code
 * program.output} names unless the command line says otherwise.
 *
 * @param <S> its settings
 */
public abstract class Program<S> implements Callable<Integer> {
  private static final String DEFAULT_FOLDER = "${sys:program.output:-target}/${COMMAND-NAME}";

  @Spec private CommandSpec specification;

  @Parameters(
      arity = "0..1",
      paramLabel = "OUT_FOLDER",
      defaultValue = DEFAULT_FOLDER,
      description = "Where to write, made if it is not there (default: ${DEFAULT-VALUE}).")
  private Path folder;

  /** Runs it; its settings are checked before anything is written. */
  @Override
  public final Integer call() throws IOException {
    S settings;
    try {
      settings = settings();
    } catch (IllegalArgumentException e) {
      throw new ParameterException(specification.commandLine(), e.getMessage(), e);
    }
    write(settings, new ReportFolder(folder, System.out), System.out);
    return 0;
  }

  /**
   * What the options say.
   *
   * @throws IllegalArgumentException if a value is out of its range, naming it: the command line is
   *     wrong
   */
  protected abstract S settings();

  /**
   * Does the work.
   *
   * @param out where to write
   * @param log gets lines on the progress
   * @throws IOException if something cannot be written
   */
  protected abstract void write(S settings, ReportFolder out, PrintStream log) throws IOException;
}
