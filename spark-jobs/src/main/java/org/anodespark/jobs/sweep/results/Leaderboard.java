/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.sweep.results;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.anodespark.jobs.files.Csv;
import org.anodespark.jobs.sweep.ledger.Trial;

/** {@code leaderboard.csv}: a line for each trial, the best one first. */
public final class Leaderboard {
  /** Name of the file in a run directory. */
  public static final String FILE = "leaderboard.csv";

  private Leaderboard() {}

  /** The text of the file. */
  public static String of(Standings standings) {
    List<String> measureNames = standings.measureNames();
    List<String> keys = standings.keys();
    List<Object> header = new ArrayList<>(List.of("rank", "trial", "state", "epochs"));
    header.addAll(measureNames);
    header.addAll(keys);
    header.add("failure");
    StringBuilder text = new StringBuilder(Csv.line(header));
    int rank = 1;
    for (Trial trial : standings.trials()) {
      List<Object> line = new ArrayList<>();
      line.add(rank++);
      line.add(trial.number());
      line.add(standings.state(trial).name().toLowerCase(Locale.ROOT));
      line.add(trial.epochs());
      Map<String, Double> measures = standings.measures(trial);
      measureNames.forEach(name -> line.add(Csv.number(measures.get(name))));
      keys.forEach(key -> line.add(trial.assignment().value(key)));
      line.add(trial.failure().orElse(""));
      text.append(Csv.line(line));
    }
    return text.toString();
  }
}
