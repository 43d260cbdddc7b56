/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.typesafe.config.ConfigRenderOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.anodespark.jobs.block.AdjointStrategies;
import org.anodespark.jobs.block.ErrorNorms;
import org.anodespark.jobs.block.EvolutionTimings;
import org.anodespark.jobs.block.StepControllers;
import org.anodespark.jobs.block.StepMethods;
import org.anodespark.jobs.block.WeightEvolutions;
import org.anodespark.jobs.failure.ExitCode;
import org.anodespark.jobs.failure.JobFailure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsLoaderTest {
  @TempDir private Path folder;

  // ---- every key has a typed home

  /** A value other than the default for each key of reference.conf. */
  static final Map<String, String> OTHER_VALUES =
      Map.ofEntries(
          Map.entry("seed", "2"),
          Map.entry("run.dir", "hdfs://nn/run"),
          Map.entry("data.source", ""),
          Map.entry("data.path", "hdfs://nn/data"),
          Map.entry("data.records-per-shard", "7"),
          Map.entry("data.set", "cifar100"),
          Map.entry("data.download.folder", "/downloads"),
          Map.entry("data.download.url", "http://mirror.example/cifar/"),
          Map.entry("data.validation", "7"),
          Map.entry("data.labels", "coarse"),
          Map.entry("data.builtin.train", "7"),
          Map.entry("data.builtin.test", "7"),
          Map.entry("data.cache-mebibytes", "0"),
          Map.entry("data.augment.flip", "true"),
          Map.entry("data.augment.crop-padding", "4"),
          Map.entry("model.widths", "[1, 2, 3]"),
          Map.entry("model.block.solver", "rk4"),
          Map.entry("model.block.steps", "7"),
          Map.entry("model.block.adaptive.relative-tolerance", "0"),
          Map.entry("model.block.adaptive.absolute-tolerance", "1e-5"),
          Map.entry("model.block.adaptive.first-factor", "10"),
          Map.entry("model.block.adaptive.norm", "worst"),
          Map.entry("model.block.adaptive.controller", "pid"),
          Map.entry("model.block.adaptive.maximum-steps", "7"),
          Map.entry("model.block.adjoint", "full"),
          Map.entry("model.block.snapshots", "7"),
          Map.entry("model.block.regularizers.error-estimate.coefficient", "7"),
          Map.entry("model.block.regularizers.error-estimate.final-factor", "0.5"),
          Map.entry("model.block.regularizers.error-estimate.quantity", "squared-error"),
          Map.entry("model.block.regularizers.error-estimate.over-steps", "sum"),
          Map.entry("model.block.regularizers.stiffness-estimate.coefficient", "7"),
          Map.entry("model.block.regularizers.stiffness-estimate.final-factor", "0.5"),
          Map.entry("model.block.regularizers.stiffness-estimate.over-steps", "sum"),
          Map.entry("model.block.regularizers.local.coefficient", "7"),
          Map.entry("model.block.regularizers.local.final-factor", "0.5"),
          Map.entry("model.block.regularizers.local.quantity", "stiffness"),
          Map.entry("model.block.regularizers.local.sampling", "biased"),
          Map.entry("model.block.regularizers.taylor.coefficient", "7"),
          Map.entry("model.block.regularizers.taylor.final-factor", "0.5"),
          Map.entry("model.block.regularizers.taylor.order", "2"),
          Map.entry("model.block.regularizers.kinetic-energy.coefficient", "7"),
          Map.entry("model.block.regularizers.kinetic-energy.final-factor", "0.5"),
          Map.entry("model.block.regularizers.jacobian-frobenius.coefficient", "7"),
          Map.entry("model.block.regularizers.jacobian-frobenius.final-factor", "0.5"),
          Map.entry("model.block.regularizers.steer.half-width", "0.5"),
          Map.entry("data.scaling", "unit-interval"),
          Map.entry("data.limit.train", "7"),
          Map.entry("data.limit.test", "7"),
          Map.entry("experiment.methods", "[{name=a,settings{train.epochs=2}}]"),
          Map.entry("experiment.networks", "[{name=a,settings{train.epochs=2}}]"),
          Map.entry("experiment.seeds", "[7]"),
          Map.entry("experiment.task", "spiral-ode"),
          Map.entry("experiment.iterations", "7"),
          Map.entry("experiment.stochastic-solver", "sosri2"),
          Map.entry("experiment.baseline", "b"),
          Map.entry("experiment.only", "[b]"),
          Map.entry("experiment.published", "[{method=a,measure=b,value=7}]"),
          Map.entry("experiment.timings", "1"),
          Map.entry("sweep.space", "[{key=train.batch-size,integer=[1,7]}]"),
          Map.entry("sweep.strategy", "grid"),
          Map.entry("sweep.trials", "7"),
          Map.entry("sweep.added-trials", "7"),
          Map.entry("sweep.seeds", "[7]"),
          Map.entry("sweep.objectives", "[{measure=train_loss,goal=minimize}]"),
          Map.entry("sweep.pruning.kind", "median"),
          Map.entry("sweep.pruning.first-epochs", "7"),
          Map.entry("sweep.pruning.factor", "7"),
          Map.entry("sweep.pruning.every-epochs", "7"),
          Map.entry("sweep.pruning.least-trials", "7"),
          Map.entry("sweep.trials-as", "cluster"),
          Map.entry("sweep.parallel", "7"),
          Map.entry("sweep.requeues", "7"),
          Map.entry("sweep.requeue-seconds", "2"),
          Map.entry("sweep.timings", "1"),
          Map.entry("model.batch-norm-decay", "0.5"),
          Map.entry("optimizer.kind", "adam"),
          Map.entry("optimizer.learning-rate", "1e-3"),
          Map.entry("optimizer.momentum", "0"),
          Map.entry("optimizer.weight-decay", "0"),
          Map.entry("optimizer.schedule", "constant"),
          Map.entry("optimizer.warm-up-epochs", "2"),
          Map.entry("averaging.workers", "7"),
          Map.entry("averaging.frequency", "7"),
          Map.entry("averaging.warm-up.epochs", "7"),
          Map.entry("averaging.warm-up.frequency", "7"),
          Map.entry("averaging.merge", "tree"),
          Map.entry("averaging.outer.momentum", "0.5"),
          Map.entry("averaging.outer.learning-rate", "0.5"),
          Map.entry("averaging.tries", "7"),
          Map.entry("averaging.limit-minutes", "0.5"),
          Map.entry("divergence.policy", "roll-back"),
          Map.entry("divergence.factor", "0.25"),
          Map.entry("divergence.roll-backs", "7"),
          Map.entry("early-stopping.patience", "7"),
          Map.entry("early-stopping.minimum-improvement", "0.25"),
          Map.entry("checkpoint.every-rounds", "7"),
          Map.entry("checkpoint.every-minutes", "0.5"),
          Map.entry("checkpoint.keep", "7"),
          Map.entry("run.takeover-seconds", "7"),
          Map.entry("model.blocks-per-stage", "7"),
          Map.entry("model.network", "dense"),
          Map.entry("model.normalization", "batch"),
          Map.entry("model.blocks", "residual"),
          Map.entry("model.block.evolution.kind", "gaussian"),
          Map.entry("model.block.evolution.timing", "before"),
          Map.entry("model.block.evolution.solver", "rk4"),
          Map.entry("model.block.evolution.steps", "7"),
          Map.entry("model.dense.hidden", "7"),
          Map.entry("model.dense.bounded-field", "false"),
          Map.entry("model.augmented.added-channels", "7"),
          Map.entry("model.augmented.width", "7"),
          Map.entry("train.epochs", "7"),
          Map.entry("train.batch-size", "7"),
          Map.entry("train.label-smoothing", "0.1"),
          Map.entry("optimizer.step.epochs", "[2,3]"),
          Map.entry("optimizer.step.factor", "0.5"),
          Map.entry("optimizer.clipping.kind", "norm"),
          Map.entry("optimizer.clipping.threshold", "7"),
          Map.entry("evaluate.batch-size", "7"),
          Map.entry("evaluate.model", "hdfs://nn/run"),
          Map.entry("evaluate.split", "train"),
          Map.entry("evaluate.top-k", "7"),
          Map.entry("predict.model", "hdfs://nn/run"),
          Map.entry("predict.input", "hdfs://nn/images"),
          Map.entry("predict.split", "train"),
          Map.entry("predict.output", "hdfs://nn/predictions"),
          Map.entry("predict.format", "csv"),
          Map.entry("predict.top-k", "7"),
          Map.entry("predict.batch-size", "7"),
          Map.entry("predict.resize", "true"),
          Map.entry("predict.strict", "true"),
          Map.entry("export.model", "hdfs://nn/run"),
          Map.entry("export.output", "hdfs://nn/model.npz"),
          Map.entry("export.format", "dl4j"),
          Map.entry("report.runs", "[hdfs]"),
          Map.entry("report.output", "report.html"),
          Map.entry("spark.master", "yarn"),
          Map.entry("spark.executors", "7"),
          Map.entry("spark.cores-per-executor", "7"),
          Map.entry("spark.executor-heap-mebibytes", "700"),
          Map.entry("spark.driver-heap-mebibytes", "700"),
          Map.entry("spark.native-mebibytes", "700"),
          Map.entry("spark.kernels", "nd4j"),
          Map.entry("spark.native-jars", "/opt/native-jars"),
          Map.entry("spark.gpu", "true"),
          Map.entry("spark.registration-seconds", "7"),
          Map.entry("model.precision", "bf16"),
          Map.entry("model.allowed-classes", "[com.example.layers]"));

  /** Settings with which a key may have its other value. */
  private static List<String> others(String key) {
    if (key.startsWith("model.block.regularizers.")) {
      return List.of("data.path=/shards", "model.block.solver=tsitouras", "model.block.steps=0");
    }
    if (key.equals("experiment.baseline") || key.equals("experiment.only")) {
      return List.of("data.path=/shards", "experiment.methods=[{name=a},{name=b}]");
    }
    // so that data.source may be anything
    return List.of("data.path=/shards");
  }

  private static ResolvedSettings overridden(List<String> overrides) {
    return overridden(overrides.toArray(String[]::new));
  }

  private static ResolvedSettings changed(String key) {
    List<String> overrides = new ArrayList<>(others(key));
    overrides.add(key + "=" + OTHER_VALUES.get(key));
    return overridden(overrides);
  }

  @Test
  void everyKeyOfTheReferenceIsTriedHere() {
    assertThat(new KnownKeys(SettingsLoader.reference()).settings())
        .containsExactlyInAnyOrderElementsOf(OTHER_VALUES.keySet());
  }

  @ParameterizedTest
  @MethodSource("keys")
  void eachKeyChangesTheTypedSettings(String key) {
    assertThat(changed(key).settings()).isNotEqualTo(overridden(others(key)).settings());
  }

  static List<String> keys() {
    return OTHER_VALUES.keySet().stream().sorted().toList();
  }

  @ParameterizedTest
  @MethodSource("keys")
  void eachKeyCanBeHandedOnWithoutFiles(String key) {
    ResolvedSettings changed = changed(key);
    assertThat(SettingsLoader.load(changed.asOverrides())).isEqualTo(changed);
    assertThat(changed.asOverrides().files()).isEmpty();
    assertThat(changed.asOverrides().overrides()).hasSizeLessThanOrEqualTo(others(key).size() + 1);
  }

  @Test
  void propertiesOfSparkAndTextThatLooksLikeHoconCanBeHandedOnWithoutFiles() throws IOException {
    Path file =
        file(
            "properties.conf",
            "spark.conf { \"spark.a\" = \"{\\\"b\\\": 1}\", spark.a.b = true }, run.dir = \"[x] = $y\"");
    ResolvedSettings settings = SettingsLoader.load(new SettingSources(List.of(file), List.of()));
    assertThat(SettingsLoader.load(settings.asOverrides())).isEqualTo(settings);
    assertThat(settings.settings().spark().conf()).containsEntry("spark.a", "{\"b\": 1}");
  }

  @Test
  void settingsThatDifferOnlyInASecretAreTheSameWithoutSecrets() {
    SettingSources one = sources("spark.conf.spark.my.secret=a", "spark.conf.spark.ui.port=1");
    SettingSources other = sources("spark.conf.spark.my.secret=b", "spark.conf.spark.ui.port=1");
    assertThat(SettingsLoader.load(one)).isNotEqualTo(SettingsLoader.load(other));
    assertThat(SettingsLoader.loadWithoutSecrets(one))
        .isEqualTo(SettingsLoader.loadWithoutSecrets(other));
    assertThat(SettingsLoader.loadWithoutSecrets(one).settings().spark().conf())
        .containsEntry("spark.my.secret", SparkSecrets.MASK)
        .containsEntry("spark.ui.port", "1");
  }

  @Test
  void whatIsMaskedStaysMaskedWhenItIsReadAgain() throws IOException {
    ResolvedSettings masked =
        SettingsLoader.loadWithoutSecrets(sources("spark.conf.spark.my.secret=a"));
    Path file = file("resolved.conf", masked.config().root().render());
    assertThat(SettingsLoader.loadWithoutSecrets(new SettingSources(List.of(file), List.of())))
        .isEqualTo(masked);
  }

  private static SettingSources sources(String... overrides) {
    return new SettingSources(List.of(), List.of(overrides));
  }

  @Test
  void everyKeyOfTheReferenceIsRead() {
    assertThat(new KnownKeys(overridden().config()).settings())
        .containsExactlyInAnyOrderElementsOf(OTHER_VALUES.keySet());
  }

  @Test
  void theReferenceAloneIsValid() {
    assertThat(overridden().settings().train()).isEqualTo(new TrainSettings(5, 32, 0));
  }

  static List<Path> examples() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("../conf"))) {
      return files
          .filter(file -> file.toString().endsWith(".conf"))
          .filter(file -> !file.endsWith("reference.conf"))
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("examples")
  void everyExampleIsValid(Path example) {
    SettingSources sources = new SettingSources(List.of(example), List.of("data.path=/shards"));
    assertThatCode(() -> SettingsLoader.load(sources)).doesNotThrowAnyException();
  }

  // ---- precedence

  @Test
  void laterFilesWinOverEarlierOnesAndOverridesOverBoth() throws IOException {
    Path first = file("first.conf", "train { epochs = 1, batch-size = 1 }, seed = 1");
    Path second = file("second.conf", "train.batch-size = 2, seed = 2");
    Settings settings =
        SettingsLoader.load(new SettingSources(List.of(first, second), List.of("seed=3", "seed=4")))
            .settings();
    assertThat(settings.train()).isEqualTo(new TrainSettings(1, 2, 0));
    assertThat(settings.seed()).isEqualTo(4);
  }

  @Test
  void strongerOverridesAreAddedAtTheEnd() {
    SettingSources sources =
        new SettingSources(List.of(), List.of("seed=3")).and(List.of("seed=5"));
    assertThat(SettingsLoader.load(sources).settings().seed()).isEqualTo(5);
  }

  @Test
  void environmentVariablesAreSubstitutedInFiles() throws IOException {
    // Surefire sets the variable for every test.
    Path file = file("my.conf", "run.dir = \"/runs/\"${?SPARK_LOCAL_IP}${?NO_SUCH_VARIABLE}");
    assertThat(load(file).run().dir()).isEqualTo("/runs/127.0.0.1");
  }

  @Test
  void aFileMayReferToOtherKeys() throws IOException {
    Path file = file("my.conf", "averaging.workers = ${spark.executors}");
    Settings settings =
        SettingsLoader.load(new SettingSources(List.of(file), List.of("spark.executors=5")))
            .settings();
    assertThat(settings.averaging().workers()).isEqualTo(5);
  }

  @Test
  void aResolvedConfigurationLoadedAgainGivesTheSameSettings() throws IOException {
    ResolvedSettings resolved =
        overridden("spark.conf.spark.speculation=true", "data.path=/a b", "model.widths=[1,2,3]");
    String rendered =
        resolved.config().root().render(ConfigRenderOptions.defaults().setOriginComments(false));
    Path file = file("resolved.conf", rendered);
    assertThat(SettingsLoader.load(new SettingSources(List.of(file), List.of())))
        .isEqualTo(resolved);
  }

  @Test
  void settingsThatMeanTheSameHaveTheSameTree() throws IOException {
    Path file =
        file("my.conf", "seed = 7, optimizer.learning-rate = 1e-1, data.augment.flip = yes");
    ResolvedSettings typed =
        overridden("seed=7", "optimizer.learning-rate=0.10", "data.augment.flip=true");
    assertThat(SettingsLoader.load(new SettingSources(List.of(file), List.of()))).isEqualTo(typed);
  }

  // ---- values of --set

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/a folder/with spaces",
        "hdfs://nn:8020/x?y#z",
        "${HOME}",
        "a=b",
        "// no comment",
        " "
      })
  void textOfAnOverrideIsTakenAsItIs(String value) {
    assertThat(overridden("data.path=" + value).settings().data().path()).isEqualTo(value);
  }

  @Test
  void anOverrideMayBeAListASectionOrQuotedText() {
    Settings settings =
        overridden(
                "model.widths=[1, 2, 3]",
                "model.block={ steps = 3, solver = rk4 }",
                "data.path=\"/q\"")
            .settings();
    assertThat(settings.model().widths()).containsExactly(1, 2, 3);
    assertThat(settings.model().block().steps()).isEqualTo(3);
    assertThat(settings.model().block().solver()).isEqualTo("rk4");
    assertThat(settings.data().path()).isEqualTo("/q");
  }

  // ---- spark.conf

  @Test
  void sparkPropertiesMayBeNestedQuotedOrOverridden() throws IOException {
    Path file =
        file(
            "my.conf",
            """
            spark.conf {
              spark.eventLog { enabled = true, dir = "hdfs://nn/log" }
              "spark.speculation" = true
              spark.speculation.quantile = 0.90
              spark.local.dir = null
            }
            """);
    SettingSources sources =
        new SettingSources(
            List.of(file),
            List.of(
                "spark.conf.spark.eventLog.dir=/log",
                "spark.conf.spark.network.timeout=60s",
                "spark.conf.spark.network.timeoutInterval=5s"));
    assertThat(SettingsLoader.load(sources).settings().spark().conf())
        .containsExactly(
            Map.entry("spark.eventLog.dir", "/log"),
            Map.entry("spark.eventLog.enabled", "true"),
            Map.entry("spark.network.timeout", "60s"),
            Map.entry("spark.network.timeoutInterval", "5s"),
            Map.entry("spark.speculation", "true"),
            Map.entry("spark.speculation.quantile", "0.90"));
  }

  // ---- refusals

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      ignoreLeadingAndTrailingWhitespace = true,
      quoteCharacter = '`',
      textBlock =
          """
          seed=1.5                          | seed is 1.5 (--set): expected a whole number of at most 64 bits.
          seed=9223372036854775808          | seed is 9223372036854775808 (--set): expected a whole number of at most 64 bits.
          run.dir=[1]                       | run.dir is [1] (--set): expected text.
          data.source=/cifar.tar.gz         | data.path is empty: expected the folder of the shards, which has a default only while data.source is builtin or download, and data.source is "/cifar.tar.gz".
          data.source=                      | data.path is empty: expected the folder of the shards, which has a default only while data.source is builtin or download, and data.source is "".
          data.records-per-shard=0          | data.records-per-shard is 0 (--set): expected a whole number of at least 1.
          data.validation=-1                | data.validation is -1 (--set): expected a whole number of at least 0.
          data.set=mnist                    | data.set is mnist (--set): expected one of cifar10, cifar100.
          data.download.url=ftp://a.b/c/    | data.download.url is ftp://a.b/c/ (--set): expected an http: or https: address that ends with a slash.
          data.download.url=https://a.b/c   | data.download.url is https://a.b/c (--set): expected an http: or https: address that ends with a slash.
          data.labels=medium                | data.labels is medium (--set): expected one of fine, coarse.
          data.builtin.train=0              | data.builtin.train is 0 (--set): expected a whole number of at least 1.
          data.builtin.test=-1              | data.builtin.test is -1 (--set): expected a whole number of at least 1.
          data.cache-mebibytes=-1           | data.cache-mebibytes is -1 (--set): expected a whole number of at least 0.
          data.augment.flip=1               | data.augment.flip is 1 (--set): expected true or false.
          data.augment.crop-padding=32      | data.augment.crop-padding is 32 (--set): expected a whole number from 0 to 31.
          model.allowed-classes=[com]       | model.allowed-classes is [com] (--set): expected a list of full names of classes or packages, as in [com.example.layers].
          model.allowed-classes=a.b         | model.allowed-classes is a.b (--set): expected a list of full names of classes or packages, as in [com.example.layers].
          model.widths=16                   | model.widths is 16 (--set): expected a list of 3 whole numbers of at least 1.
          model.widths=[16, 32]             | model.widths is [16, 32] (--set): expected a list of 3 whole numbers of at least 1.
          model.widths=[16, 32, 0]          | model.widths is [16, 32, 0] (--set): expected a list of 3 whole numbers of at least 1.
          model.block.solver=rk5            | model.block.solver is rk5 (--set): expected one of euler, midpoint, heun, ralston, kutta3, rk4, three-eighths, heun-euler, bogacki-shampine, dormand-prince, tsitouras, leapfrog, reversible-heun, backward-euler, crank-nicolson.
          model.block.steps=-1              | model.block.steps is -1 (--set): expected a whole number of at least 0.
          model.block.adjoint=none          | model.block.adjoint is none (--set): expected one of full, anode, step, revolve, online, anode-revolve, reverse-time, interpolated, reversible.
          model.block.snapshots=0           | model.block.snapshots is 0 (--set): expected a whole number of at least 1.
          model.block.adaptive=tight        | model.block.adaptive is tight (--set): expected a section.
          model.block.adaptive.relative-tolerance=-1 | model.block.adaptive.relative-tolerance is -1 (--set): expected a number of at least 0.
          model.block.adaptive.absolute-tolerance=0 | model.block.adaptive.absolute-tolerance is 0 (--set): expected a number above 0.
          model.block.adaptive.first-factor=0 | model.block.adaptive.first-factor is 0 (--set): expected a number above 0.
          model.block.adaptive.norm=rms     | model.block.adaptive.norm is rms (--set): expected one of batch, worst.
          model.block.adaptive.controller=p | model.block.adaptive.controller is p (--set): expected one of i, pi, pid.
          model.block.adaptive.maximum-steps=0 | model.block.adaptive.maximum-steps is 0 (--set): expected a whole number of at least 1.
          model.block.regularizers.steer.half-width=-1 | model.block.regularizers.steer.half-width is -1 (--set): expected a number of at least 0.
          model.block.regularizers.steer.half-width=1 | model.block.regularizers do not fit the other settings of model.block: Steer with b = 1.0 could draw an end time at or before the start of the interval from t = 0.0 to t = 1.0; use a b below 1.0.
          model.block.regularizers.error-estimate.coefficient=-1 | model.block.regularizers.error-estimate.coefficient is -1 (--set): expected a number of at least 0.
          model.block.regularizers.error-estimate.final-factor=0 | model.block.regularizers.error-estimate.final-factor is 0 (--set): expected a number above 0.
          model.block.regularizers.error-estimate.over-steps=median | model.block.regularizers.error-estimate.over-steps is median (--set): expected one of mean, sum, maximum.
          data.scaling=bytes                | data.scaling is bytes (--set): expected one of standardized, unit-interval.
          data.limit.train=-1               | data.limit.train is -1 (--set): expected a whole number of at least 0.
          experiment.timings=0              | experiment.timings is 0 (--set): expected a whole number of at least 1.
          experiment.seeds=[2,1]            | experiment.seeds is [2, 1] (--set): expected a list of rising whole numbers of at least 0.
          experiment.published=[{method=a}] | experiment.published is [{method=a}] (--set): expected a list of figures, as in [{ network = resnet, method = plain, measure = test_accuracy, value = 0.9 }], network being optional.
          model.normalization=layer         | model.normalization is layer (--set): expected one of none, batch, batch-per-step, group.
          model.block.evolution.kind=heat   | model.block.evolution.kind is heat (--set): expected one of none, gaussian, reaction-diffusion-advection, bounded.
          model.block.evolution.timing=after | model.block.evolution.timing is after (--set): expected one of alongside, before.
          model.block.evolution.solver=none | model.block.evolution.solver is none (--set): expected one of euler, midpoint, heun, ralston, kutta3, rk4, three-eighths, heun-euler, bogacki-shampine, dormand-prince, tsitouras.
          model.block.evolution.steps=0     | model.block.evolution.steps is 0 (--set): expected a whole number of at least 1.
          model.blocks=plain                | model.blocks is plain (--set): expected one of ode, residual.
          model.block.tolerance=1           | Unknown setting model.block.tolerance (--set): conf/reference.conf lists every setting.
          model.batch-norm-decay=1          | model.batch-norm-decay is 1 (--set): expected a number between 0 and 1, both excluded.
          optimizer.kind=lion               | optimizer.kind is lion (--set): expected one of sgd, nesterov, adam.
          optimizer.learning-rate=0         | optimizer.learning-rate is 0 (--set): expected a number above 0.
          optimizer.learning-rate=NaN       | optimizer.learning-rate is NaN (--set): expected a number above 0.
          optimizer.learning-rate=1e999     | optimizer.learning-rate is 1e999 (--set): expected a number above 0.
          optimizer.momentum=1              | optimizer.momentum is 1 (--set): expected a number from 0 to 1, 1 excluded.
          optimizer.weight-decay=-0.1       | optimizer.weight-decay is -0.1 (--set): expected a number of at least 0.
          optimizer.schedule=poly           | optimizer.schedule is poly (--set): expected one of constant, linear, cosine, step.
          optimizer.step.epochs=[3,2]       | optimizer.step.epochs is [3, 2] (--set): expected a list of rising whole numbers of at least 1.
          optimizer.step.factor=1           | optimizer.step.factor is 1 (--set): expected a number between 0 and 1, both excluded.
          optimizer.clipping.kind=yes       | optimizer.clipping.kind is yes (--set): expected one of none, value, norm.
          optimizer.clipping.threshold=0    | optimizer.clipping.threshold is 0 (--set): expected a number above 0.
          train.label-smoothing=1           | train.label-smoothing is 1 (--set): expected a number from 0 to 1, 1 excluded.
          optimizer.warm-up-epochs=-1       | optimizer.warm-up-epochs is -1 (--set): expected a whole number of at least 0.
          optimizer.warm-up-epochs=5        | optimizer.warm-up-epochs is 5: expected fewer than train.epochs, which is 5.
          averaging.workers=0               | averaging.workers is 0 (--set): expected a whole number of at least 1.
          averaging.merge=list              | averaging.merge is list (--set): expected one of ordered, tree.
          averaging.outer.momentum=1        | averaging.outer.momentum is 1 (--set): expected a number from 0 to 1, 1 excluded.
          averaging.outer.learning-rate=0   | averaging.outer.learning-rate is 0 (--set): expected a number above 0.
          averaging.tries=0                 | averaging.tries is 0 (--set): expected a whole number of at least 1.
          averaging.limit-minutes=-1        | averaging.limit-minutes is -1 (--set): expected a number of at least 0.
          divergence.policy=ignore          | divergence.policy is ignore (--set): expected one of stop, roll-back.
          divergence.factor=1               | divergence.factor is 1 (--set): expected a number between 0 and 1, both excluded.
          early-stopping.patience=-1        | early-stopping.patience is -1 (--set): expected a whole number of at least 0.
          checkpoint.keep=0                 | checkpoint.keep is 0 (--set): expected a whole number of at least 1.
          run.takeover-seconds=0            | run.takeover-seconds is 0 (--set): expected a whole number of at least 1.
          model.blocks-per-stage=0          | model.blocks-per-stage is 0 (--set): expected a whole number of at least 1.
          averaging.frequency=two           | averaging.frequency is two (--set): expected a whole number of at least 1.
          train.epochs=                     | train.epochs is "" (--set): expected a whole number of at least 1.
          train.epochs={a=1}                | train.epochs is {a=1} (--set): expected a whole number of at least 1.
          train.batch-size=3000000000       | train.batch-size is 3000000000 (--set): expected a whole number of at least 1.
          evaluate.batch-size=0             | evaluate.batch-size is 0 (--set): expected a whole number of at least 1.
          spark.master=here                 | spark.master is here (--set): expected nothing, local[N], local-cluster[EXECUTORS,CORES,MEBIBYTES], spark://HOST:PORT, yarn or k8s://URL.
          spark.executors=0                 | spark.executors is 0 (--set): expected a whole number of at least 1.
          spark.cores-per-executor=0        | spark.cores-per-executor is 0 (--set): expected a whole number of at least 1.
          spark.executor-heap-mebibytes=511 | spark.executor-heap-mebibytes is 511 (--set): expected a whole number from 512 to 16777216.
          spark.driver-heap-mebibytes=1g    | spark.driver-heap-mebibytes is 1g (--set): expected a whole number from 512 to 16777216.
          spark.native-mebibytes=0          | spark.native-mebibytes is 0 (--set): expected a whole number from 256 to 16777216.
          spark.conf=x                      | spark.conf is x (--set): expected a section.
          spark.conf.eventLog.enabled=true  | spark.conf.eventLog.enabled (--set) is no property of Spark: expected a full name as in spark.conf.spark.eventLog.enabled.
          spark.conf.spark.x=[1]            | spark.conf.spark.x is [1] (--set): expected text, a number, true or false.
          model=resnet                      | model is resnet (--set): expected a section.
          train.epoch=1                     | Unknown setting train.epoch (--set): did you mean train.epochs?
          epochs=1                          | Unknown setting epochs (--set): did you mean train.epochs?
          model.solver=rk4                  | Unknown setting model.solver (--set): did you mean model.block.solver?
          trian={ epochs = 1 }              | Unknown setting trian.epochs (--set): did you mean train.epochs?
          colour=blue                       | Unknown setting colour (--set): conf/reference.conf lists every setting.
          train.epochs                      | --set train.epochs: expected KEY=VALUE.
          =1                                | --set =1: expected KEY=VALUE.
          """)
  void aWrongOverrideIsRefusedWithOneSentence(String override, String sentence) {
    assertThat(refusal(new SettingSources(List.of(), List.of(override)))).isEqualTo(sentence);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          euler            | 0 | anode         | AdaptiveSteps needs an estimate of the error of each step, and
          rk4              | 0 | full          | AdaptiveSteps needs an estimate of the error of each step, and
          dormand-prince   | 0 | revolve       | Revolve has to know the number of steps ahead, and with
          euler            | 2 | interpolated  | Interpolated needs a method with dense output, which
          euler            | 2 | reversible    | Reversible needs a method whose steps can be undone, which
          """)
  void aBlockWhosePartsDoNotFitIsRefusedWithTheReason(
      String solver, int steps, String adjoint, String reason) {
    List<String> overrides =
        List.of(
            "model.block.solver=" + solver,
            "model.block.steps=" + steps,
            "model.block.adjoint=" + adjoint);

    assertThat(refusal(new SettingSources(List.of(), overrides)))
        .startsWith(
            "model.block.solver = %s, model.block.steps = %d and model.block.adjoint = %s do not work"
                    .formatted(solver, steps, adjoint)
                + " together: "
                + reason)
        .endsWith(".");
  }

  @ParameterizedTest
  @CsvSource({"dense, ode", "augmented, ode", "resnet-4, residual"})
  void weightsThatCannotEvolveAreRefusedWithOneSentence(String network, String blocks) {
    List<String> overrides =
        List.of(
            "model.network=" + network,
            "model.blocks=" + blocks,
            "model.block.evolution.kind=gaussian");

    assertThat(refusal(new SettingSources(List.of(), overrides)))
        .isEqualTo(
            "model.block.evolution.kind is gaussian, but no ODE block of model.network = "
                + network
                + " with model.blocks = "
                + blocks
                + " has convolutions without the time beside their input: expected none, or ODE"
                + " blocks in another network.");
  }

  @Test
  void aNormPerStepWithoutANumberOfStepsIsRefusedWithOneSentence() {
    List<String> overrides =
        List.of(
            "model.normalization=batch-per-step",
            "model.block.solver=tsitouras",
            "model.block.steps=0");

    assertThat(refusal(new SettingSources(List.of(), overrides)))
        .isEqualTo(
            "model.normalization is batch-per-step and model.block.steps is 0: expected a number of"
                + " equal steps, at least 1, each of which gets a batch norm of its own.");
  }

  @Test
  void aNormPerStepWithAnEndTimeThatVariesIsRefusedWithOneSentence() {
    List<String> overrides =
        List.of(
            "model.normalization=batch-per-step", "model.block.regularizers.steer.half-width=0.25");

    assertThat(refusal(new SettingSources(List.of(), overrides)))
        .isEqualTo(
            "model.normalization is batch-per-step and model.block.regularizers.steer.half-width is"
                + " 0.25: expected 0, since an end time that varies leaves no step its place in"
                + " time; or another norm.");
  }

  @Test
  void everyChoiceIsExplainedInTheReference() {
    String block = SettingsLoader.reference().getConfig("model.block").root().render();
    assertThat(
            Stream.of(
                    StepMethods.CHOICES,
                    AdjointStrategies.CHOICES,
                    ErrorNorms.CHOICES,
                    StepControllers.CHOICES,
                    WeightEvolutions.CHOICES,
                    EvolutionTimings.CHOICES)
                .flatMap(choices -> choices.names().stream()))
        .allSatisfy(name -> assertThat(block).contains("\"" + name + "\""));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          train.epochs = many        | train.epochs is many (FILE, line 2): expected a whole number of at least 1.
          train.epochs = 1.5         | train.epochs is 1.5 (FILE, line 2): expected a whole number of at least 1.
          train.epochs = null        | train.epochs is null: expected a whole number of at least 1.
          train { epoch = 1 }        | Unknown setting train.epoch (FILE, line 2): did you mean train.epochs?
          modle {}                   | Unknown setting modle (FILE, line 2): conf/reference.conf lists every setting.
          train = 3                  | train is 3 (FILE, line 2): expected a section.
          train = null               | train is null (FILE, line 2): expected a section.
          spark.conf = null          | spark.conf is null (FILE, line 2): expected a section.
          spark.conf.spark.x = [1]   | spark.conf.spark.x is [1] (FILE, line 2): expected text, a number, true or false.
          seed = ${NO_SUCH_VARIABLE} | The configuration cannot be read: FILE: 2: Could not resolve substitution to a value: ${NO_SUCH_VARIABLE}.
          """)
  void aWrongLineOfAFileIsRefusedWithItsPlace(String line, String sentence) throws IOException {
    Path file = file("my.conf", "# first line\n" + line + "\n");
    assertThat(refusal(new SettingSources(List.of(file), List.of())))
        .isEqualTo(sentence.replace("FILE", file.toString()));
  }

  @Test
  void aFileThatIsNotHoconIsRefusedWithItsPlace() throws IOException {
    Path file = file("my.conf", "train {\n  epochs = 1\n");
    assertThat(refusal(new SettingSources(List.of(file), List.of())))
        .startsWith("The configuration cannot be read: " + file + ": 3: ")
        .doesNotContain("\n");
  }

  @Test
  void aMissingFileIsRefused() {
    Path file = folder.resolve("missing.conf");
    assertThat(refusal(new SettingSources(List.of(file), List.of())))
        .startsWith("The configuration file " + file + " is not a file that can be read: ");
  }

  @Test
  void aSectionThatASingleValueHasHiddenIsReportedAsIncomplete() throws IOException {
    Path first = file("first.conf", "train = 3");
    Path second = file("second.conf", "train { epochs = 1 }");
    assertThat(refusal(new SettingSources(List.of(first, second), List.of())))
        .isEqualTo("train.batch-size is not set: expected a whole number of at least 1.");
  }

  @Test
  void onePropertyOfSparkInTwoSpellingsIsRefused() throws IOException {
    Path file = file("my.conf", "spark.conf.spark.x = 1\nspark.conf { \"spark.x\" = 2 }\n");
    assertThat(refusal(new SettingSources(List.of(file), List.of())))
        .startsWith("spark.conf.spark.x is given quoted and unquoted (")
        .contains(file + ", line 1", file + ", line 2");
  }

  @Test
  void anOverrideThatIsNotHoconIsRefused() {
    assertThat(refusal(new SettingSources(List.of(), List.of("model.widths=[1, 2"))))
        .startsWith("--set model.widths=[1, 2 cannot be read: ")
        .doesNotContain("\n");
  }

  // ---- helpers

  private static ResolvedSettings overridden(String... overrides) {
    return SettingsLoader.load(new SettingSources(List.of(), Arrays.asList(overrides)));
  }

  private static Settings load(Path file) {
    return SettingsLoader.load(new SettingSources(List.of(file), List.of())).settings();
  }

  private static String refusal(SettingSources sources) {
    JobFailure failure = catchThrowableOfType(JobFailure.class, () -> SettingsLoader.load(sources));
    assertThat(failure).isNotNull();
    assertThat(failure.exitCode()).isEqualTo(ExitCode.BAD_CONFIGURATION);
    return failure.getMessage();
  }

  private Path file(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content);
  }
}
