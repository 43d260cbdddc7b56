/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.examples.program;

import java.io.IOException;
import java.util.List;
import picocli.CommandLine;

/** Runs programs from a command line. */
public final class CommandLines {
  private CommandLines() {}

  /**
   * Runs the program that the arguments name.
   *
   * @param root annotated as the command above the programs
   * @param programs annotated as its subcommands
   * @param arguments the command line
   * @return 0, or 2 if the command line is wrong, or 1 if the program failed; the reason has been
   *     written to the standard error stream
   */
  public static int execute(Object root, List<? extends Program<?>> programs, String... arguments) {
    CommandLine commandLine = new CommandLine(root);
    programs.forEach(commandLine::addSubcommand);
    return commandLine
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler(
            (exception, wrong) -> {
              CommandLine command = exception.getCommandLine();
              command.getErr().println("anode-spark: " + exception.getMessage());
              command
                  .getErr()
                  .println("See " + command.getCommandSpec().qualifiedName() + " --help.");
              return command.getCommandSpec().exitCodeOnInvalidInput();
            })
        .setExecutionExceptionHandler(
            (exception, command, parsed) -> {
              command
                  .getErr()
                  .println(
                      "anode-spark: "
                          + (exception instanceof IOException
                              ? exception.getMessage()
                              : exception));
              return command.getCommandSpec().exitCodeOnExecutionException();
            })
        .execute(arguments);
  }
}
