/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.anodespark.jobs.config.ResolvedSettings;
import org.anodespark.jobs.config.SettingSources;
import org.anodespark.jobs.config.SettingsLoader;
import org.anodespark.jobs.failure.ExitCode;
import org.anodespark.jobs.failure.JobFailure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ExperimentGridTest {
  private static final String METHODS =
      "experiment.methods=[{name=plain},{name=slow,settings{optimizer.learning-rate=0.001}}]";

  @Test
  void isEveryMethodOnEveryNetworkWithEverySeed() {
    List<PlannedCell> cells =
        grid(
            METHODS,
            "experiment.networks=[{name=small,settings{model.widths=[2,2,2]}},{name=large}]",
            "experiment.seeds=[4,9]");

    assertThat(cells)
        .extracting(planned -> planned.cell().name())
        .containsExactly(
            "small-plain-seed-4",
            "small-slow-seed-4",
            "large-plain-seed-4",
            "large-slow-seed-4",
            "small-plain-seed-9",
            "small-slow-seed-9",
            "large-plain-seed-9",
            "large-slow-seed-9");
    ResolvedSettings second = cells.get(1).settings();
    assertThat(second.settings().seed()).isEqualTo(4);
    assertThat(second.settings().model().widths()).containsExactly(2, 2, 2);
    assertThat(second.settings().optimizer().learningRate()).isEqualTo(0.001);
    assertThat(second.settings().run().dir()).isEqualTo("/runs/e/cells/small-slow-seed-4");
    assertThat(cells.get(2).settings().settings().model().widths()).containsExactly(16, 32, 64);
  }

  @Test
  void mayBeRestrictedToSomeMethodsAndNetworks() {
    String[] declared = {
      METHODS,
      "experiment.networks=[{name=small},{name=middle},{name=large}]",
      "experiment.seeds=[4]"
    };

    assertThat(names(declared, "experiment.only=[large,slow]"))
        .containsExactly("large-slow-seed-4");
    assertThat(names(declared, "experiment.only=[small,large]"))
        .containsExactly(
            "small-plain-seed-4", "small-slow-seed-4", "large-plain-seed-4", "large-slow-seed-4");
    assertThat(names(declared, "experiment.only=[plain]"))
        .containsExactly("small-plain-seed-4", "middle-plain-seed-4", "large-plain-seed-4");
  }

  @Test
  void theBaselineStaysTheSameHoweverItIsRestricted() {
    assertThat(load(METHODS, "experiment.only=[slow]").settings().experiment().baseline())
        .isEqualTo("plain");
    assertThat(
            load(METHODS, "experiment.baseline=slow", "experiment.only=[plain]")
                .settings()
                .experiment()
                .baseline())
        .isEqualTo("slow");
  }

  static List<Path> examples() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("../conf/experiments"))) {
      return files.toList();
    }
  }

  @ParameterizedTest
  @MethodSource("examples")
  void everyCellOfAnExampleHasValidSettings(Path example) {
    ResolvedSettings settings =
        SettingsLoader.load(new SettingSources(List.of(example), List.of("data.path=/shards")));

    assertThat(ExperimentGrid.of(settings)).isNotEmpty();
  }

  @Test
  void whatItIsRestrictedToMustBeDeclared() {
    refused(
        "experiment.only has fast: expected names of experiment.methods and experiment.networks, which are plain, slow, small.",
        METHODS,
        "experiment.networks=[{name=small}]",
        "experiment.only=[plain,fast]");
  }

  @Test
  void aCellIsTheTrainingThatItsSettingsDescribe() {
    PlannedCell cell = grid(METHODS, "experiment.seeds=[4]").get(1);
    ResolvedSettings training =
        load("seed=4", "optimizer.learning-rate=0.001", "run.dir=" + cell.directory());

    assertThat(cell.settings()).isEqualTo(training);
  }

  @Test
  void settingsOfACellSurviveBeingWrittenAndRead() {
    PlannedCell cell = grid(METHODS).get(1);

    assertThat(SettingsLoader.parse(cell.settings().config().root().render()))
        .isEqualTo(cell.settings());
  }

  @Test
  void nothingToCompareIsRefused() {
    refused("experiment.methods is empty: expected what is to be compared");
    refused("experiment.seeds is empty", METHODS, "experiment.seeds=[]");
  }

  @Test
  void aVariantWithAnUnknownSettingIsRefused() {
    refused(
        "Unknown setting model.width (the variant a: 1): did you mean model.widths?",
        "experiment.methods=[{name=a,settings{model.width=[1,1,1]}}]");
  }

  @Test
  void aVariantWithAValueOutOfItsRangeIsRefused() {
    refused(
        "optimizer.learning-rate is -1 (the variant a: 1): expected a number above 0.",
        "experiment.methods=[{name=a,settings{optimizer.learning-rate=-1}}]");
  }

  @Test
  void aVariantCannotSetWhatAllShare() {
    refused(
        "The variant a sets seed, which all runs of an experiment share: set it outside of"
            + " experiment, or several with experiment.seeds.",
        "experiment.methods=[{name=a,settings{seed=2}}]");
    refused(
        "The variant a sets spark, which all runs of an experiment share: set it outside of"
            + " experiment.",
        "experiment.methods=[{name=a,settings{spark.executors=2}}]");
  }

  @Test
  void variantsNeedNamesOfTheirOwn() {
    for (String methods :
        List.of(
            "[{name=a},{name=a}]",
            "[{name=\"A b\"}]",
            "[{settings{seed=1}}]",
            "[plain]",
            "[{name=a,setting{}}]",
            "{}")) {
      refused("expected a list of variants", "experiment.methods=" + methods);
    }
  }

  @Test
  void twoTrainingsOfOneNameAreRefused() {
    refused(
        "experiment.networks and experiment.methods name two trainings a-b-c-seed-1 (b-c on a, and c on a-b): expected names that differ when they are put together; change one of them.",
        "experiment.networks=[{name=a},{name=a-b}]",
        "experiment.methods=[{name=b-c},{name=c}]");
  }

  @Test
  void theBaselineIsOneOfTheMethods() {
    refused(
        "experiment.baseline is fast: expected one of experiment.methods, which are plain, slow.",
        METHODS,
        "experiment.baseline=fast");
  }

  private static List<String> names(String[] declared, String restriction) {
    List<String> overrides = new ArrayList<>(List.of(declared));
    overrides.add(restriction);
    return grid(overrides.toArray(String[]::new)).stream()
        .map(planned -> planned.cell().name())
        .toList();
  }

  private static void refused(String message, String... overrides) {
    assertThatThrownBy(() -> grid(overrides))
        .isInstanceOfSatisfying(
            JobFailure.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.BAD_CONFIGURATION))
        .hasMessageContaining(message);
  }

  private static List<PlannedCell> grid(String... overrides) {
    return ExperimentGrid.of(
        load(
            Stream.concat(Stream.of("run.dir=/runs/e"), Arrays.stream(overrides))
                .toArray(String[]::new)));
  }

  private static ResolvedSettings load(String... overrides) {
    return SettingsLoader.load(new SettingSources(List.of(), List.of(overrides)));
  }
}
