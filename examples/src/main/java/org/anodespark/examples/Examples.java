/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.examples;

import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.anodespark.examples.consistency.ConsistencyReport;
import org.anodespark.examples.costs.CostReport;
import org.anodespark.examples.costs.CostSettings;
import org.anodespark.examples.program.CommandLines;
import org.anodespark.examples.program.Program;
import org.anodespark.examples.report.ReportFolder;
import org.anodespark.examples.reversal.ReversalReport;
import org.anodespark.odelayers.solver.StepMethod;
import org.anodespark.odelayers.solver.reversible.AsynchronousLeapfrog;
import org.anodespark.odelayers.solver.reversible.ReversibleHeun;
import org.anodespark.odelayers.solver.rungekutta.BogackiShampine;
import org.anodespark.odelayers.solver.rungekutta.ClassicRungeKutta;
import org.anodespark.odelayers.solver.rungekutta.DormandPrince;
import org.anodespark.odelayers.solver.rungekutta.Euler;
import org.anodespark.odelayers.solver.rungekutta.ExplicitMidpoint;
import org.anodespark.odelayers.solver.rungekutta.Heun;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/**
 * The command line of the programs; {@code run.sh} starts it. Ends with 0, with 2 if the command
 * line is wrong, and with 1 if a program fails.
 */
@Command(
    name = "./examples/run.sh",
    description = "Programs that show what anode-spark is about.",
    synopsisSubcommandLabel = "PROGRAM")
public final class Examples {
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = CommandLine.ScopeType.INHERIT,
      description = "Shows this.")
  @SuppressWarnings("UnusedVariable") // picocli looks at it
  private boolean help;

  private Examples() {}

  /** Runs the program that the arguments name. */
  public static void main(String[] arguments) {
    System.exit(execute(arguments));
  }

  /** As {@link #main}, but gives back the exit code. */
  static int execute(String... arguments) {
    return CommandLines.execute(
        new Examples(),
        List.of(new ReversalProgram(), new ConsistencyProgram(), new CostsProgram()),
        arguments);
  }

  /** A program without options. */
  private abstract static class PlainProgram extends Program<Void> {
    @Override
    protected Void settings() {
      return null;
    }
  }

  @Command(
      name = "reversal",
      description =
          "Solves fields with ReLUs and convolutions forwards and back again, and draws what comes"
              + " back.")
  private static final class ReversalProgram extends PlainProgram {
    @Override
    protected void write(Void none, ReportFolder out, PrintStream log) throws IOException {
      ReversalReport.write(out);
    }
  }

  @Command(
      name = "consistency",
      description =
          "Compares the gradient of the continuous adjoint with the exact one over step sizes.")
  private static final class ConsistencyProgram extends PlainProgram {
    @Override
    protected void write(Void none, ReportFolder out, PrintStream log) throws IOException {
      ConsistencyReport.write(out);
    }
  }

  @Command(
      name = "costs",
      description = {
        "Measures time and memory of every adjoint strategy on a convolution block.",
        "With the defaults it takes a machine of its own for half an hour and 2 GiB of memory."
      })
  private static final class CostsProgram extends Program<CostSettings> {
    @Option(
        names = "--channels",
        paramLabel = "C",
        defaultValue = "16",
        description = "Channels of the images (default: ${DEFAULT-VALUE}).")
    private int channels;

    @Option(
        names = "--size",
        paramLabel = "H",
        defaultValue = "32",
        description = "Rows and columns of the images (default: ${DEFAULT-VALUE}).")
    private int size;

    @Option(
        names = "--batch",
        paramLabel = "B",
        defaultValue = "32",
        description = "Images at once (default: ${DEFAULT-VALUE}).")
    private int batch;

    @Option(
        names = "--steps",
        paramLabel = "N",
        split = ",",
        defaultValue = "2,4,8,16,32,64",
        description = "Numbers of steps (default: ${DEFAULT-VALUE}).")
    private List<Integer> steps;

    @Option(
        names = "--methods",
        paramLabel = "METHOD",
        split = ",",
        defaultValue = "Euler,ClassicRungeKutta",
        converter = MethodConverter.class,
        description = "Methods (default: ${DEFAULT-VALUE}).")
    private List<StepMethod> methods;

    @Option(
        names = "--warm-up",
        paramLabel = "R",
        defaultValue = "2",
        description = "Rounds before the measured ones (default: ${DEFAULT-VALUE}).")
    private int warmUp;

    @Option(
        names = "--repetitions",
        paramLabel = "R",
        defaultValue = "5",
        description = "Measured rounds (default: ${DEFAULT-VALUE}).")
    private int repetitions;

    @Override
    protected CostSettings settings() {
      return new CostSettings(channels, size, batch, methods, steps, warmUp, repetitions);
    }

    @Override
    protected void write(CostSettings settings, ReportFolder out, PrintStream log)
        throws IOException {
      CostReport.write(settings, out, log);
    }
  }

  /** Finds a method by the name of its class. */
  private static final class MethodConverter implements ITypeConverter<StepMethod> {
    private static final Map<String, StepMethod> METHODS = new TreeMap<>();

    static {
      for (StepMethod method :
          List.of(
              new Euler(),
              new ExplicitMidpoint(),
              new Heun(),
              new ClassicRungeKutta(),
              new BogackiShampine(),
              new DormandPrince(),
              new AsynchronousLeapfrog(),
              new ReversibleHeun())) {
        METHODS.put(method.getClass().getSimpleName().toLowerCase(Locale.ROOT), method);
      }
    }

    @Override
    public StepMethod convert(String name) {
      StepMethod method = METHODS.get(name.toLowerCase(Locale.ROOT));
      if (method == null) {
        throw new TypeConversionException(
            "'" + name + "' is no method; expected one of " + METHODS.values() + ".");
      }
      return method;
    }
  }
}
