/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.benchmarks.train;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.anodespark.benchmarks.contender.OdelayersNetwork;
import org.anodespark.benchmarks.contender.StockNetwork;
import org.anodespark.benchmarks.measurement.Sample;
import org.anodespark.benchmarks.measurement.Timed;
import org.anodespark.benchmarks.problem.Facts;
import org.anodespark.benchmarks.process.Child;
import org.anodespark.benchmarks.process.Children;
import org.anodespark.benchmarks.process.Ready;
import org.anodespark.benchmarks.process.Unavailable;

/** Trains the same network by odelayers and by Deeplearning4j's own layers, in turns. */
final class NetworkComparison {
  private NetworkComparison() {}

  private record Contender(Child child, String engine, String variant) implements Timed {
    @Override
    public double run() throws IOException {
      return child.run(variant);
    }
  }

  /**
   * Measures them.
   *
   * @param logs folder for what the child processes write to their standard error streams
   * @throws IOException if one of them fails
   */
  static List<NetworkResult> measure(TrainSettings settings, Path logs) throws IOException {
    Children start = new Children(settings.threads(), logs);
    try (Child odelayers = start.java(OdelayersNetwork.class);
        Child stock = start.java(StockNetwork.class)) {
      List<Contender> contenders = new ArrayList<>();
      for (Child child : List.of(odelayers, stock)) {
        Ready ready = child.prepare(settings.problem());
        ready
            .variants()
            .forEach(
                variant -> contenders.add(new Contender(child, ready.engine(), variant.name())));
      }
      List<Sample> seconds = settings.rounds().measure(contenders);
      return results(settings, contenders, seconds);
    } catch (Unavailable e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private static List<NetworkResult> results(
      TrainSettings settings, List<Contender> contenders, List<Sample> seconds) throws IOException {
    double images = (double) settings.problem().batch() * settings.problem().iterations();
    List<NetworkResult> results = new ArrayList<>();
    for (int i = 0; i < contenders.size(); i++) {
      Contender contender = contenders.get(i);
      double parameters = contender.child().facts(contender.variant()).get(Facts.PARAMETERS);
      results.add(
          new NetworkResult(
              contender.engine(),
              contender.variant(),
              Math.round(parameters),
              seconds.get(i).map(each -> images / each),
              seconds.get(i).ratioTo(seconds.get(0))));
    }
    return results;
  }
}
