/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.testing;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.util.List;
import java.util.Map;
import org.anodespark.jobs.config.AdaptiveSettings;
import org.anodespark.jobs.config.AugmentedSettings;
import org.anodespark.jobs.config.AveragingSettings;
import org.anodespark.jobs.config.BlockSettings;
import org.anodespark.jobs.config.CheckpointSettings;
import org.anodespark.jobs.config.CoefficientSettings;
import org.anodespark.jobs.config.DataSettings;
import org.anodespark.jobs.config.DenseSettings;
import org.anodespark.jobs.config.DivergenceSettings;
import org.anodespark.jobs.config.DownloadSettings;
import org.anodespark.jobs.config.EarlyStoppingSettings;
import org.anodespark.jobs.config.EvaluateSettings;
import org.anodespark.jobs.config.EvolutionSettings;
import org.anodespark.jobs.config.ExperimentSettings;
import org.anodespark.jobs.config.ExportSettings;
import org.anodespark.jobs.config.ModelSettings;
import org.anodespark.jobs.config.Objective;
import org.anodespark.jobs.config.OptimizerSettings;
import org.anodespark.jobs.config.PredictSettings;
import org.anodespark.jobs.config.PruningSettings;
import org.anodespark.jobs.config.RegularizerSettings;
import org.anodespark.jobs.config.ReportSettings;
import org.anodespark.jobs.config.RunSettings;
import org.anodespark.jobs.config.Settings;
import org.anodespark.jobs.config.SparkSettings;
import org.anodespark.jobs.config.SweepSettings;
import org.anodespark.jobs.config.TrainSettings;

/** Settings as small as tests like them. */
public final class TestSettings {
  public static final OptimizerSettings OPTIMIZER =
      optimizer("nesterov", 0.05, 0.9, 1e-4, "linear", 0);

  private TestSettings() {}

  public static Settings in(String runDirectory) {
    return in(runDirectory, "data", 2);
  }

  public static Settings in(String runDirectory, String dataPath, int epochs) {
    return new Settings(
        7,
        new RunSettings(runDirectory, 1),
        new DataSettings(
            "builtin",
            new DownloadSettings("cifar10", "downloads", "http://localhost/"),
            dataPath,
            100,
            0,
            "fine",
            300,
            60,
            64,
            false,
            0,
            DataSettings.STANDARDIZED,
            0,
            0),
        model(block("euler", 1, "anode"), "float32"),
        OPTIMIZER,
        new AveragingSettings(2, 2, 0, 1, "ordered", 0, 1, 4, 0),
        new TrainSettings(epochs, 10, 0),
        new DivergenceSettings("stop", 0.5, 3),
        new EarlyStoppingSettings(0, 0),
        new CheckpointSettings(0, 0, 2),
        new EvaluateSettings(16, "", "test", 2),
        new PredictSettings("", "", "test", "", "jsonl", 0, 16, false, false),
        new ExportSettings("", "", "npz"),
        new ReportSettings(List.of(), ""),
        new ExperimentSettings(
            "images", 250, "sosri", List.of(), List.of(), List.of(1, 2, 3), "", List.of(), 7),
        new SweepSettings(
            List.of(),
            "random",
            16,
            0,
            List.of(1),
            List.of(new Objective("test_accuracy", true)),
            new PruningSettings("none", 1, 3, 1, 5),
            "task",
            0,
            3,
            5,
            7),
        new SparkSettings(
            "", 2, 1, 512, 512, 512, "auto", "", false, 120, Map.of("b", "2", "a", "1")));
  }

  /** The same settings with images of another scale, or fewer of them. */
  public static Settings withImages(
      Settings settings, String scaling, int trainLimit, int testLimit) {
    DataSettings data = settings.data();
    return new Settings(
        settings.seed(),
        settings.run(),
        new DataSettings(
            data.source(),
            data.download(),
            data.path(),
            data.recordsPerShard(),
            data.validation(),
            data.labels(),
            data.builtinTrain(),
            data.builtinTest(),
            data.cacheMebibytes(),
            data.augmentFlip(),
            data.augmentCropPadding(),
            scaling,
            trainLimit,
            testLimit),
        settings.model(),
        settings.optimizer(),
        settings.averaging(),
        settings.train(),
        settings.divergence(),
        settings.earlyStopping(),
        settings.checkpoint(),
        settings.evaluate(),
        settings.predict(),
        settings.export(),
        settings.report(),
        settings.experiment(),
        settings.sweep(),
        settings.spark());
  }

  /** The same settings with another section {@code spark}. */
  public static Settings with(Settings settings, SparkSettings spark) {
    return with(
        settings,
        settings.evaluate(),
        settings.predict(),
        settings.export(),
        settings.report(),
        spark);
  }

  /** The same settings with so much native memory for a process. */
  public static Settings withNativeMebibytes(Settings settings, int mebibytes) {
    return with(
        settings,
        new SparkSettings("", 2, 1, 512, 512, mebibytes, "auto", "", false, 120, Map.of()));
  }

  /** The same settings with another section {@code evaluate}. */
  public static Settings with(Settings settings, EvaluateSettings evaluate) {
    return with(
        settings,
        evaluate,
        settings.predict(),
        settings.export(),
        settings.report(),
        settings.spark());
  }

  /** The same settings with other sections {@code predict} and {@code export}. */
  public static Settings with(Settings settings, PredictSettings predict, ExportSettings export) {
    return with(
        settings, settings.evaluate(), predict, export, settings.report(), settings.spark());
  }

  /** The same settings with another section {@code report}. */
  public static Settings with(Settings settings, ReportSettings report) {
    return with(
        settings,
        settings.evaluate(),
        settings.predict(),
        settings.export(),
        report,
        settings.spark());
  }

  private static Settings with(
      Settings settings,
      EvaluateSettings evaluate,
      PredictSettings predict,
      ExportSettings export,
      ReportSettings report,
      SparkSettings spark) {
    return new Settings(
        settings.seed(),
        settings.run(),
        settings.data(),
        settings.model(),
        settings.optimizer(),
        settings.averaging(),
        settings.train(),
        settings.divergence(),
        settings.earlyStopping(),
        settings.checkpoint(),
        evaluate,
        predict,
        export,
        report,
        settings.experiment(),
        settings.sweep(),
        spark);
  }

  /** An optimizer's section that clips nothing; steps as in the reference. */
  public static OptimizerSettings optimizer(
      String kind,
      double learningRate,
      double momentum,
      double weightDecay,
      String schedule,
      int warmUpEpochs) {
    return new OptimizerSettings(
        kind,
        learningRate,
        momentum,
        weightDecay,
        schedule,
        List.of(),
        0.1,
        warmUpEpochs,
        OptimizerSettings.NO_CLIPPING,
        1);
  }

  private static final CoefficientSettings OFF = new CoefficientSettings(0, 1);

  /** As in the reference. */
  private static final RegularizerSettings NO_REGULARIZERS =
      new RegularizerSettings(
          OFF,
          "error-times-length",
          "mean",
          OFF,
          "maximum",
          OFF,
          "error-times-length",
          "unbiased",
          OFF,
          3,
          OFF,
          OFF,
          0);

  /** The section of a network; what it does not name is as in the reference. */
  public static ModelSettings model(String network, BlockSettings block) {
    return model(network, List.of(2, 3), block, "float32");
  }

  /** The section of the network that is the default. */
  public static ModelSettings model(BlockSettings block, String precision) {
    return model("residual", List.of(2, 2, 2), block, precision);
  }

  private static ModelSettings model(
      String network, List<Integer> widths, BlockSettings block, String precision) {
    return new ModelSettings(
        network,
        widths,
        1,
        "none",
        "ode",
        new DenseSettings(100, true),
        new AugmentedSettings(5, 64),
        block,
        0.9,
        precision,
        List.of());
  }

  /** A block's section; what it does not name is as in the reference. */
  public static BlockSettings block(String solver, int steps, String adjoint) {
    return new BlockSettings(
        solver,
        steps,
        new AdaptiveSettings(1e-3, 1e-3, 1, "batch", "i", 1000),
        adjoint,
        4,
        NO_REGULARIZERS,
        new EvolutionSettings("none", "alongside", "euler", 5));
  }

  /** Something to write into {@code resolved.conf}. */
  public static Config resolved() {
    return ConfigFactory.parseString("seed = 7");
  }
}
