/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.train;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.anodespark.jobs.config.ResolvedSettings;
import org.anodespark.jobs.config.SettingsLoader;
import org.anodespark.jobs.executor.OneTask;
import org.apache.commons.math3.stat.descriptive.rank.Median;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Times predictions of trained networks, in one task while no other runs: each network predicts the
 * same test examples once in every turn, so that whatever else the machine does meets all alike.
 */
public final class PredictionTimings implements Serializable {
  private static final long serialVersionUID = 1L;

  private static final double NANOSECONDS_PER_SECOND = 1e9;

  private final List<String> settings;
  private final int turns;
  private final SerializableConfiguration hadoop;
  private final SolveStatisticsReader statistics;

  /**
   * What came of one network.
   *
   * @param seconds median time of the prediction of one minibatch
   * @param evaluations of f in that prediction, in all ODE blocks together
   */
  public record Timing(double seconds, double evaluations) {}

  /**
   * Plans them.
   *
   * @param settings of the trainings, rendered, whose networks are timed
   * @param turns how often each is timed, at least 1
   */
  public PredictionTimings(
      List<String> settings,
      int turns,
      SerializableConfiguration hadoop,
      SolveStatisticsReader statistics) {
    this.settings = List.copyOf(settings);
    this.turns = turns;
    this.hadoop = hadoop;
    this.statistics = statistics;
  }

  /**
   * Times them.
   *
   * @param tasks runs the task
   * @return that of each network, in the order of the settings
   */
  public List<Timing> run(OneTask tasks) {
    // plain arrays: Kryo cannot read records
    return tasks.run("time of predictions", "Timing the predictions", this::measure).stream()
        .map(measured -> new Timing(measured[0], measured[1]))
        .toList();
  }

  private List<double[]> measure() {
    List<Predictor> predictors = new ArrayList<>();
    for (String text : settings) {
      ResolvedSettings resolved = SettingsLoader.parse(text);
      predictors.add(Predictor.open(resolved.settings(), hadoop.value(), statistics));
    }
    // the first prediction of a network compiles and allocates
    predictors.forEach(Predictor::predict);
    double[][] seconds = new double[predictors.size()][turns];
    for (int turn = 0; turn < turns; turn++) {
      for (int i = 0; i < predictors.size(); i++) {
        long started = System.nanoTime();
        predictors.get(i).predict();
        seconds[i][turn] = (System.nanoTime() - started) / NANOSECONDS_PER_SECOND;
      }
    }
    List<double[]> timings = new ArrayList<>();
    for (int i = 0; i < predictors.size(); i++) {
      timings.add(
          new double[] {new Median().evaluate(seconds[i]), predictors.get(i).evaluations()});
    }
    return timings;
  }
}
