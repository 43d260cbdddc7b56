/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.anodespark.benchmarks.block.BlockReport;
import org.anodespark.benchmarks.block.BlockSettings;
import org.anodespark.benchmarks.block.Peer;
import org.anodespark.benchmarks.kernels.KernelReport;
import org.anodespark.benchmarks.kernels.KernelSettings;
import org.anodespark.benchmarks.measurement.InterleavedRounds;
import org.anodespark.benchmarks.problem.BlockProblem;
import org.anodespark.benchmarks.problem.TrainProblem;
import org.anodespark.benchmarks.process.Children;
import org.anodespark.benchmarks.train.SparkSettings;
import org.anodespark.benchmarks.train.TrainReport;
import org.anodespark.benchmarks.train.TrainSettings;
import org.anodespark.examples.program.CommandLines;
import org.anodespark.examples.program.Program;
import org.anodespark.examples.report.ReportFolder;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The command line of the measurements; {@code run.sh} starts it. Ends with 0, with 2 if the
 * command line is wrong, and with 1 if a program fails.
 */
@Command(
    name = "./benchmarks/run.sh",
    description = "Programs that measure how fast anode-spark is.",
    synopsisSubcommandLabel = "PROGRAM")
public final class Benchmarks {
  /** Longer than threads of OpenMP that are out of work keep spinning. */
  private static final int PAUSE_MILLISECONDS = 50;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = CommandLine.ScopeType.INHERIT,
      description = "Shows this.")
  @SuppressWarnings("UnusedVariable") // picocli looks at it
  private boolean help;

  private Benchmarks() {}

  /** Runs the program that the arguments name. */
  public static void main(String[] arguments) {
    System.exit(execute(arguments));
  }

  /** As {@link #main}, but gives back the exit code. */
  static int execute(String... arguments) {
    return CommandLines.execute(
        new Benchmarks(),
        List.of(new KernelsProgram(), new BlockProgram(), new TrainProgram()),
        arguments);
  }

  private static int threads() {
    return Children.threadsOf(System.getenv());
  }

  @Command(
      name = "kernels",
      description = "Measures convolution and batch norm by themselves, with JMH.")
  private static final class KernelsProgram extends Program<KernelSettings> {
    @Option(
        names = "--shapes",
        paramLabel = "CxHxN",
        split = ",",
        defaultValue = "64x32x64,16x32x128,128x16x64",
        description = "Channels, rows and images (default: ${DEFAULT-VALUE}).")
    private List<String> shapes;

    @Option(
        names = "--warm-up",
        paramLabel = "R",
        defaultValue = "3",
        description = "Iterations before the measured ones (default: ${DEFAULT-VALUE}).")
    private int warmUp;

    @Option(
        names = "--iterations",
        paramLabel = "R",
        defaultValue = "5",
        description = "Measured iterations (default: ${DEFAULT-VALUE}).")
    private int iterations;

    @Option(
        names = "--milliseconds",
        paramLabel = "T",
        defaultValue = "1000",
        description = "Length of an iteration (default: ${DEFAULT-VALUE}).")
    private int milliseconds;

    @Option(
        names = "--processes",
        paramLabel = "P",
        defaultValue = "1",
        description =
            "Processes for each kernel, one after the other; 0: all kernels in this one, for a quick"
                + " look (default: ${DEFAULT-VALUE}).")
    private int processes;

    @Override
    protected KernelSettings settings() {
      return new KernelSettings(shapes, warmUp, iterations, milliseconds, processes, threads());
    }

    @Override
    protected void write(KernelSettings settings, ReportFolder out, PrintStream log)
        throws IOException {
      KernelReport.write(settings, out);
    }
  }

  /** How often something is measured. */
  private static final class RoundOptions {
    @Option(
        names = "--rounds",
        paramLabel = "R",
        defaultValue = "15",
        description = "Measured rounds (default: ${DEFAULT-VALUE}).")
    private int rounds;

    @Option(
        names = "--warm-up",
        paramLabel = "R",
        defaultValue = "3",
        description = "Rounds before the measured ones (default: ${DEFAULT-VALUE}).")
    private int warmUp;

    InterleavedRounds rounds() {
      return new InterleavedRounds(warmUp, rounds, PAUSE_MILLISECONDS);
    }
  }

  @Command(
      name = "block",
      description = "Measures one step of training of an ODE block, here and in other libraries.")
  private static final class BlockProgram extends Program<BlockSettings> {
    @Option(
        names = "--blocks",
        paramLabel = "CxHxNxSTEPS[-METHOD]",
        split = ",",
        defaultValue = "64x32x64x2,16x32x128x5,32x16x128x5,64x32x64x2-rk4",
        description =
            "Channels, rows, images, steps, and euler or rk4 (default: ${DEFAULT-VALUE}).")
    private List<String> blocks;

    @Option(
        names = "--batch",
        paramLabel = "N",
        description = "So many images in all blocks, instead of what --blocks says.")
    private Integer batch;

    @Option(
        names = "--strategies",
        paramLabel = "STRATEGY",
        split = ",",
        defaultValue = "FullStorage,AnodeCheckpoint",
        description = "Adjoint strategies (default: ${DEFAULT-VALUE}).")
    private List<String> strategies;

    @Option(
        names = "--without",
        paramLabel = "PEER",
        split = ",",
        description = "Leaves out ${COMPLETION-CANDIDATES}.")
    private Set<Peer> without = EnumSet.noneOf(Peer.class);

    @Option(
        names = "--python",
        paramLabel = "PROGRAM",
        defaultValue = "/usr/bin/python3",
        description = "An interpreter that has PyTorch (default: ${DEFAULT-VALUE}).")
    private String python;

    @CommandLine.Mixin private RoundOptions rounds;

    @Override
    protected BlockSettings settings() {
      List<BlockProblem> problems =
          blocks.stream()
              .map(BlockProblem::parse)
              .map(problem -> batch == null ? problem : problem.withBatch(batch))
              .toList();
      Set<Peer> peers = EnumSet.allOf(Peer.class);
      peers.removeAll(without);
      return new BlockSettings(problems, strategies, peers, python, threads(), rounds.rounds());
    }

    @Override
    protected void write(BlockSettings settings, ReportFolder out, PrintStream log)
        throws IOException {
      BlockReport.write(settings, out, log);
    }
  }

  @Command(
      name = "train",
      description = "Measures the training of a whole network, by itself and on Spark.")
  private static final class TrainProgram extends Program<TrainSettings> {
    @Option(
        names = "--widths",
        paramLabel = "C",
        split = ",",
        defaultValue = "16,32,64",
        description = "Channels of the three stages (default: ${DEFAULT-VALUE}).")
    private List<Integer> widths;

    @Option(
        names = "--steps",
        paramLabel = "N",
        defaultValue = "2",
        description = "Euler steps of each block (default: ${DEFAULT-VALUE}).")
    private int steps;

    @Option(
        names = "--batch",
        paramLabel = "N",
        defaultValue = "128",
        description = "Images in a minibatch (default: ${DEFAULT-VALUE}).")
    private int batch;

    @Option(
        names = "--iterations",
        paramLabel = "R",
        defaultValue = "4",
        description = "Minibatches in one run of a round (default: ${DEFAULT-VALUE}).")
    private int iterations;

    @CommandLine.Mixin private RoundOptions rounds;

    @Option(
        names = "--spark-rounds",
        paramLabel = "R",
        defaultValue = "3",
        description =
            "Trainings on Spark, each beside one without; 0 for none (default:"
                + " ${DEFAULT-VALUE}).")
    private int sparkRounds;

    @Option(
        names = "--epochs",
        paramLabel = "N",
        defaultValue = "2",
        description = "Epochs of a training on Spark (default: ${DEFAULT-VALUE}).")
    private int epochs;

    @Option(
        names = "--images",
        paramLabel = "N",
        defaultValue = "8192",
        description =
            "Drawn images to train on Spark with, without --data (default: ${DEFAULT-VALUE}).")
    private int images;

    @Option(
        names = "--data",
        paramLabel = "FOLDER",
        description = "Shards to train on Spark with; ./submit.sh prepare makes them.")
    private Path data;

    @Override
    protected TrainSettings settings() {
      return new TrainSettings(
          new TrainProblem(widths, steps, batch, iterations),
          threads(),
          rounds.rounds(),
          new SparkSettings(sparkRounds, epochs, images, data));
    }

    @Override
    protected void write(TrainSettings settings, ReportFolder out, PrintStream log)
        throws IOException {
      TrainReport.write(settings, out, log);
    }
  }
}
