/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.benchmarks.block;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.anodespark.benchmarks.contender.LibtorchBlock;
import org.anodespark.benchmarks.contender.MatrixProduct;
import org.anodespark.benchmarks.contender.OdelayersBlock;
import org.anodespark.benchmarks.contender.StockBlock;
import org.anodespark.benchmarks.measurement.Sample;
import org.anodespark.benchmarks.measurement.Timed;
import org.anodespark.benchmarks.problem.BlockProblem;
import org.anodespark.benchmarks.problem.Facts;
import org.anodespark.benchmarks.problem.OperationCount;
import org.anodespark.benchmarks.problem.Strategies;
import org.anodespark.benchmarks.process.Child;
import org.anodespark.benchmarks.process.Children;
import org.anodespark.benchmarks.process.Installation;
import org.anodespark.benchmarks.process.Ready;
import org.anodespark.benchmarks.process.Unavailable;
import org.anodespark.odelayers.adjoint.Exactness;

/** Runs the same block by all contenders in turns. */
final class BlockBenchmark implements AutoCloseable {
  private static final double GIGA = 1e9;
  private static final List<Integer> MATRIX_ORDERS = List.of(1024, 1536, 2048);

  private final BlockSettings settings;
  private final PrintStream log;
  private final List<Child> children = new ArrayList<>();
  private final Map<Peer, Child> peers = new LinkedHashMap<>();
  private final Map<Peer, String> missing = new LinkedHashMap<>();
  private final Child odelayers;
  private final Child matrixProduct;

  /**
   * Starts the children.
   *
   * @param logs folder for what they write to their standard error streams
   * @param log gets lines on the progress and on peers that are missing
   * @throws IOException if those of odelayers cannot be started
   */
  BlockBenchmark(BlockSettings settings, Path logs, PrintStream log) throws IOException {
    this.settings = settings;
    this.log = log;
    Children start = new Children(settings.threads(), logs);
    try {
      matrixProduct = open(start.java(MatrixProduct.class));
      odelayers = open(start.java(OdelayersBlock.class));
      matrixProduct.prepare(MATRIX_ORDERS);
    } catch (Unavailable e) {
      close();
      throw new IOException(e.getMessage(), e);
    }
    for (Peer peer : Peer.values()) {
      if (settings.peers().contains(peer)) {
        try {
          peers.put(peer, open(start(peer, start)));
        } catch (Unavailable e) {
          missing.put(peer, e.getMessage());
        }
      }
    }
  }

  private Child open(Child child) {
    children.add(child);
    return child;
  }

  private Child start(Peer peer, Children start) throws Unavailable {
    String threads = Integer.toString(settings.threads());
    return switch (peer) {
      case STOCK -> start.java(StockBlock.class);
      case LIBTORCH ->
          start.java(
              LibtorchBlock.class,
              // nothing is fetched at run time, nobody is called
              "-Dai.djl.offline=true",
              "-Dai.djl.pytorch.num_threads=" + threads,
              "-DDJL_CACHE_DIR=" + Installation.current().djlCache());
      case PYTHON ->
          start.program(
              "PyTorch",
              List.of(
                  settings.python(),
                  Installation.current().pythonScript().toString(),
                  "--threads",
                  threads));
    };
  }

  /**
   * Measures all blocks.
   *
   * @throws IOException if a child fails, or computes something else than the others
   */
  List<BlockResult> run() throws IOException {
    List<BlockResult> results = new ArrayList<>();
    for (BlockProblem problem : settings.problems()) {
      results.add(run(problem));
    }
    return results;
  }

  /** A variant of a child. */
  private record Contender(Child child, String engine, Ready.Variant variant, Long savedBytes)
      implements Timed {
    String name() {
      return engine + ", " + variant.name();
    }

    @Override
    public double run() throws IOException {
      return child.run(variant.name());
    }
  }

  private BlockResult run(BlockProblem problem) throws IOException {
    Map<String, String> absent = new LinkedHashMap<>();
    missing.forEach((peer, reason) -> absent.put(peer.toString(), reason));
    List<Contender> contenders = contenders(problem, absent);
    absent.forEach(
        (peer, reason) -> log.printf("%s: going on without %s: %s%n", problem, peer, reason));

    List<Timed> timed = new ArrayList<>();
    MATRIX_ORDERS.forEach(order -> timed.add(() -> matrixProduct.run(Integer.toString(order))));
    timed.addAll(contenders);
    List<Sample> samples = settings.rounds().measure(timed);

    Sample peak = peak(samples.subList(0, MATRIX_ORDERS.size()));
    List<Sample> seconds = samples.subList(MATRIX_ORDERS.size(), samples.size());
    Map<String, Sample> ours = new LinkedHashMap<>();
    for (int i = 0; i < contenders.size(); i++) {
      if (contenders.get(i).child() == odelayers) {
        // the first variant of a work is the plain one
        ours.putIfAbsent(contenders.get(i).variant().work(), seconds.get(i));
      }
    }
    List<ContenderResult> results = new ArrayList<>();
    for (int i = 0; i < contenders.size(); i++) {
      Contender contender = contenders.get(i);
      String work = contender.variant().work();
      results.add(
          ContenderResult.of(
              contender.engine(),
              contender.variant().name(),
              work,
              contender.variant().precision(),
              OperationCount.block(problem, Strategies.of(work)),
              seconds.get(i),
              peak,
              contender.savedBytes(),
              ours.get(contender.child() == odelayers ? Strategies.STORED : work)));
    }
    log.printf(
        "%s: %d rounds of %d contenders%n", problem, settings.rounds().rounds(), results.size());
    return new BlockResult(problem, peak, results, absent);
  }

  /** Prepares everybody and holds them against each other; adds to the map who cannot take part. */
  private List<Contender> contenders(BlockProblem problem, Map<String, String> absent)
      throws IOException {
    List<Contender> contenders = new ArrayList<>();
    Map<String, Double> expected;
    try {
      Ready ready = odelayers.prepare(problem);
      expected = odelayers.facts(Strategies.STORED);
      add(
          odelayers,
          ready,
          ready.variants().stream().filter(each -> settings.strategies().contains(each.work())),
          expected,
          contenders);
    } catch (Unavailable e) {
      throw new IOException(e.getMessage(), e);
    }
    for (Map.Entry<Peer, Child> peer : peers.entrySet()) {
      try {
        Ready ready = peer.getValue().prepare(problem);
        add(peer.getValue(), ready, ready.variants().stream(), expected, contenders);
      } catch (Unavailable e) {
        absent.put(peer.getKey().toString(), e.getMessage());
      }
    }
    return contenders;
  }

  private static void add(
      Child child,
      Ready ready,
      Stream<Ready.Variant> variants,
      Map<String, Double> expected,
      List<Contender> contenders)
      throws IOException {
    for (Ready.Variant variant : variants.toList()) {
      Map<String, Double> facts = child.facts(variant.name());
      Double bytes = facts.get(Facts.PEAK_SAVED_BYTES);
      Contender contender =
          new Contender(child, ready.engine(), variant, bytes == null ? null : bytes.longValue());
      boolean exact = Strategies.of(variant.work()).exactness() == Exactness.EXACT;
      SameWork.check(contender.name(), facts, expected, variant.precision().tolerance(), exact);
      contenders.add(contender);
    }
  }

  /** The fastest matrix product of each round. */
  private static Sample peak(List<Sample> seconds) {
    return new Sample(
        IntStream.range(0, seconds.get(0).values().size())
            .mapToObj(
                round ->
                    IntStream.range(0, MATRIX_ORDERS.size())
                        .mapToDouble(
                            i ->
                                OperationCount.matrixProduct(MATRIX_ORDERS.get(i))
                                    / seconds.get(i).values().get(round)
                                    / GIGA)
                        .max()
                        .orElseThrow())
            .toList());
  }

  /** Ends the children. */
  @Override
  public void close() throws IOException {
    for (Child child : children) {
      child.close();
    }
  }
}
