/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.sweep.results;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.anodespark.jobs.config.Objective;
import org.anodespark.jobs.run.RunDirectory;
import org.anodespark.jobs.sweep.ledger.Ledger;
import org.anodespark.jobs.sweep.ledger.LedgerEntry;
import org.anodespark.jobs.sweep.ledger.Trial;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StandingsTest {
  private static final Objective ACCURACY = new Objective("accuracy", true);
  private static final Objective SECONDS = new Objective("seconds", false);

  @TempDir Path folder;
  private Ledger ledger;

  @BeforeEach
  void beginALedger() {
    ledger =
        Ledger.open(
            RunDirectory.open(new Configuration(), folder.toString()), List.of(1), List.of(1, 3));
  }

  @Test
  void trialsThatWereTrainedLongerComeFirstThenTheBetterOnes() {
    trial(0, 0.9, 1);
    trial(0, 0.7, 1, 3);
    trial(0, 0.8, 1, 3);
    trial(0, 0.5, 1);
    ledger.add(new LedgerEntry.Begun(4, new TreeMap<>()));
    ledger.add(new LedgerEntry.Failed(4, 1, 1, "diverged"));

    Standings standings = standings(ACCURACY);

    assertThat(standings.trials()).extracting(Trial::number).containsExactly(2, 1, 0, 3, 4);
    assertThat(standings.trials())
        .extracting(standings::state)
        .containsExactly(
            Standings.State.DONE,
            Standings.State.DONE,
            Standings.State.PRUNED,
            Standings.State.PRUNED,
            Standings.State.FAILED);
    assertThat(standings.best()).map(Trial::number).contains(2);
  }

  @Test
  void aSettingThatOnlySomeTrialsHaveIsAColumnForAll() {
    ledger.add(new LedgerEntry.Begun(0, new TreeMap<>(Map.of("b", "\"adam\""))));
    ledger.add(new LedgerEntry.Begun(1, new TreeMap<>(Map.of("a", "0.5", "b", "\"sgd\""))));

    Standings standings = standings(ACCURACY);

    assertThat(standings.keys()).containsExactly("a", "b");
    assertThat(Leaderboard.of(standings).lines())
        .containsExactly(
            "rank,trial,state,epochs,a,b,failure", "1,0,pruned,0,,adam,", "2,1,pruned,0,0.5,sgd,");
    assertThat(
            new SweepReport(standings, List.of(), Map.of(), trial -> List.of())
                .page("s", List.of()))
        .contains(">a</th>", ">b</th>");
  }

  @Test
  void lessIsBetterWhereThatIsTheGoal() {
    trial(5, 0, 1, 3);
    trial(2, 0, 1, 3);
    assertThat(standings(SECONDS).best()).map(Trial::number).contains(1);
  }

  @Test
  void theFrontHasTheTrialsThatNoOtherBeats() {
    trial(1, 0.6, 1, 3);
    trial(2, 0.8, 1, 3);
    trial(3, 0.7, 1, 3);
    trial(4, 0.9, 1, 3);
    trial(4, 0.85, 1, 3);
    // better than all, but not trained to its end
    trial(0, 0.99, 1);

    assertThat(standings(ACCURACY, SECONDS).paretoFront())
        .extracting(Trial::number)
        .containsExactly(0, 1, 3);
    assertThat(standings(ACCURACY).paretoFront()).extracting(Trial::number).containsExactly(3);
  }

  @Test
  void whatIsMeasuredLaterCountsToo() {
    trial(0, 0.6, 1, 3);
    Standings standings = standings(ACCURACY, new Objective("prediction", false));
    assertThat(standings.paretoFront()).isEmpty();

    standings.measured(0, Map.of("prediction", 0.25));

    assertThat(standings.paretoFront()).hasSize(1);
    assertThat(standings.measureNames()).containsExactly("accuracy", "seconds", "prediction");
  }

  @Test
  void measuresAreMeansOverTheSeeds() {
    Ledger ofTwo =
        Ledger.open(
            RunDirectory.open(new Configuration(), folder.resolve("two").toString()),
            List.of(1, 2),
            List.of(3));
    ofTwo.add(new LedgerEntry.Begun(0, new TreeMap<>()));
    ofTwo.add(new LedgerEntry.Finished(0, 1, 3, Map.of("accuracy", 0.5)));
    assertThat(new Standings(ofTwo, List.of(ACCURACY), 3).best()).isEmpty();

    ofTwo.add(new LedgerEntry.Finished(0, 2, 3, Map.of("accuracy", 0.75)));

    Standings standings = new Standings(ofTwo, List.of(ACCURACY), 3);
    assertThat(standings.measures(standings.best().orElseThrow())).containsEntry("accuracy", 0.625);
  }

  @Test
  void theLeaderboardHasALineForEachTrial() {
    trial(1.5, 0.6, 1, 3);
    ledger.add(new LedgerEntry.Begun(1, new TreeMap<>(Map.of("solver", "\"rk4\""))));
    ledger.add(new LedgerEntry.Failed(1, 1, 1, "it diverged, and how"));

    assertThat(Leaderboard.of(standings(ACCURACY)))
        .isEqualTo(
            """
            rank,trial,state,epochs,accuracy,seconds,solver,failure
            1,0,done,3,0.6,1.5,,
            2,1,failed,0,,,rk4,"it diverged, and how"
            """);
  }

  private Standings standings(Objective... objectives) {
    return new Standings(ledger, List.of(objectives), 3);
  }

  private void trial(double seconds, double accuracy, int... rungs) {
    int number = ledger.trials().size();
    ledger.add(new LedgerEntry.Begun(number, new TreeMap<>()));
    for (int rung : rungs) {
      if (rung > 1) {
        ledger.add(new LedgerEntry.Promoted(number, rung));
      }
      Map<String, Double> measures = new LinkedHashMap<>();
      measures.put("accuracy", accuracy);
      measures.put("seconds", seconds);
      ledger.add(new LedgerEntry.Finished(number, 1, rung, measures));
    }
  }
}
