/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.experiment;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.anodespark.jobs.config.ResolvedSettings;
import org.anodespark.jobs.config.SettingsLoader;
import org.anodespark.jobs.train.Predictor;
import org.anodespark.jobs.train.SolveStatisticsReader;
import org.apache.commons.math3.stat.descriptive.rank.Median;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Times predictions of trained networks, in one task while no other runs: each network predicts the
 * same test examples once in every turn, so that whatever else the machine does meets all alike.
 */
final class PredictionTimings implements Serializable {
  private static final long serialVersionUID = 1L;

  private static final double NANOSECONDS_PER_SECOND = 1e9;

  private final List<String> settings;
  private final int turns;
  private final SerializableConfiguration hadoop;
  private final SolveStatisticsReader statistics;

  /**
   * Makes a task.
   *
   * @param settings of the cells, rendered
   * @param turns how often each is timed, at least 1
   */
  PredictionTimings(
      List<String> settings,
      int turns,
      SerializableConfiguration hadoop,
      SolveStatisticsReader statistics) {
    this.settings = List.copyOf(settings);
    this.turns = turns;
    this.hadoop = hadoop;
    this.statistics = statistics;
  }

  /** Measures of each cell, in the order of the settings. */
  List<Map<String, Double>> run() {
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
    List<Map<String, Double>> measures = new ArrayList<>();
    for (int i = 0; i < predictors.size(); i++) {
      Map<String, Double> ofCell = new LinkedHashMap<>();
      ofCell.put(Measures.PREDICTION_SECONDS, new Median().evaluate(seconds[i]));
      ofCell.put(Measures.TIMED_EVALUATIONS, predictors.get(i).evaluations());
      measures.add(ofCell);
    }
    return measures;
  }
}
