/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.evaluate;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.anodespark.jobs.config.DataSettings;
import org.anodespark.jobs.config.EvaluateSettings;
import org.anodespark.jobs.config.Settings;
import org.anodespark.jobs.data.Augmentation;
import org.anodespark.jobs.data.Manifest;
import org.anodespark.jobs.data.MinibatchDescriptor;
import org.anodespark.jobs.data.Preparation;
import org.anodespark.jobs.data.RawImage;
import org.anodespark.jobs.data.ShardDataSetLoader;
import org.anodespark.jobs.data.SplitName;
import org.anodespark.jobs.executor.ArrayLimit;
import org.anodespark.jobs.executor.NativeMemory;
import org.anodespark.jobs.executor.PredictionMemory;
import org.anodespark.jobs.executor.SparkWork;
import org.anodespark.jobs.executor.TaskMemory;
import org.anodespark.jobs.failure.JobFailure;
import org.anodespark.jobs.job.Job;
import org.anodespark.jobs.job.JobContext;
import org.anodespark.jobs.model.ExampleFormat;
import org.anodespark.jobs.model.ModelFile;
import org.anodespark.jobs.model.SavedModel;
import org.anodespark.jobs.plan.EvaluationPlan;
import org.anodespark.jobs.report.ReportPage;
import org.anodespark.jobs.run.RunDirectory;
import org.anodespark.jobs.run.RunRecorder;
import org.apache.hadoop.fs.Path;

/**
 * The job {@code evaluate}: how well a trained network does on a split of a data set. Model and
 * data are checked before anything is written, so what is wrong with them (exit code 2) leaves no
 * run directory behind.
 */
public final class EvaluateJob implements Job {
  /** Which class was taken for which. */
  static final String CONFUSION = "confusion.csv";

  /** Accuracy over confidence, as a picture. */
  static final String CHART = "reliability.png";

  @Override
  public void run(JobContext context) {
    Settings settings = context.settings();
    DataSettings data = settings.data();
    EvaluateSettings evaluate = settings.evaluate();
    SavedModel model =
        ModelFile.read(
            "evaluate.model",
            evaluate.model(),
            context.settings().model().allowedClasses(),
            context.hadoop());
    ExampleFormat format = model.examples();
    Manifest manifest =
        new Preparation(context.hadoop(), context.out()::println).open(data, settings.seed());
    requireFit(model, format, manifest, data);
    SplitName split = SplitName.of(evaluate.split()).orElseThrow();
    ShardDataSetLoader loader =
        new ShardDataSetLoader(
            manifest.normalisedAs(format),
            new Path(data.path()),
            data.labels(),
            data.cacheMebibytes(),
            Augmentation.NONE,
            context.hadoop());
    int examples = manifest.split(split).examples();
    Optional<NativeMemory> memory =
        PredictionMemory.requireEnough(
            context, "evaluate", model.predictor(), format, examples, evaluate.batchSize());
    RunRecorder.record(
        context,
        recorder -> {
          ReportPage.atTheEndOf(recorder);
          Evaluator evaluator =
              new Evaluator(
                  context.spark().get(),
                  "evaluate",
                  loader,
                  memory.map(NativeMemory::ofTasks).orElse(TaskMemory.UNLIMITED),
                  descriptors(split, examples, evaluate.batchSize()),
                  examples);
          Classification result;
          try {
            result =
                SparkWork.run(
                    "The evaluation",
                    () -> evaluator.evaluate(model.predictor(), "evaluation of " + model.file()));
          } finally {
            ArrayLimit.set(ArrayLimit.NONE);
          }
          Map<Integer, RawImage> images =
              MistakeImages.read(context.spark().get(), loader.rawImages(split), result);
          report(context, recorder, model, manifest, memory, result, images);
        });
  }

  private static void requireFit(
      SavedModel model, ExampleFormat format, Manifest manifest, DataSettings data) {
    ExampleFormat found = manifest.exampleFormat(data.labels());
    String difference = null;
    if (found.height() != format.height()
        || found.width() != format.width()
        || found.channels() != format.channels()) {
      difference =
          "its images are %s, but the network takes %s".formatted(shape(found), shape(format));
    } else if (!found.classes().equals(format.classes())) {
      difference =
          "its %d classes are %s, but the network knows these %d: %s"
              .formatted(
                  found.classes().size(),
                  some(found.classes()),
                  format.classes().size(),
                  some(format.classes()));
    }
    if (difference != null) {
      throw JobFailure.badConfiguration(
          ("The data set in data.path %s does not fit the model %s: %s; set data.path (or"
                  + " data.labels) to what it was trained on.")
              .formatted(data.path(), model.file(), difference));
    }
  }

  private static String shape(ExampleFormat format) {
    return "%dx%d pixels in %d channels"
        .formatted(format.height(), format.width(), format.channels());
  }

  private static String some(List<String> names) {
    int most = 5;
    return String.join(", ", names.subList(0, Math.min(most, names.size())))
        + (names.size() > most ? ", ..." : "");
  }

  private static List<String> descriptors(SplitName split, int examples, int batchSize) {
    return EvaluationPlan.inOrder(examples, batchSize).minibatches().stream()
        .map(minibatch -> new MinibatchDescriptor(split, 0, minibatch.examples()).encode())
        .toList();
  }

  private static void report(
      JobContext context,
      RunRecorder recorder,
      SavedModel model,
      Manifest manifest,
      Optional<NativeMemory> memory,
      Classification result,
      Map<Integer, RawImage> images) {
    EvaluateSettings settings = context.settings().evaluate();
    EvaluationReport report =
        EvaluationReport.of(result, model.examples().classes(), settings.topK(), images);
    recorder.details(
        () ->
            new EvaluationSummary(
                model.file(),
                manifest.name(),
                settings.split(),
                report.examples(),
                report.accuracy(),
                report.topK(),
                report.topKAccuracy(),
                report.negativeLogLikelihood(),
                report.calibrationError(),
                memory.map(NativeMemory::needMebibytes).orElse(null)));
    RunDirectory directory = recorder.directory();
    EvaluationFiles.write(directory, report, images);
    directory.write(CONFUSION, report.confusionCsv());
    directory.write(
        CHART,
        out ->
            ImageIO.write(
                ReliabilityChart.draw(
                    "Reliability on the %s split of %s"
                        .formatted(settings.split(), manifest.name()),
                    result.calibration()),
                "png",
                out));
    context
        .out()
        .printf(
            "Model %s on the %s split of %s: %d examples%n",
            model.file(), settings.split(), manifest.name(), report.examples());
    report.lines().forEach(context.out()::println);
    context.out().println("Run directory: " + directory.location());
  }

  /** What an evaluation adds to {@code summary.json}. */
  private record EvaluationSummary(
      String model,
      String dataSet,
      String split,
      long examples,
      double accuracy,
      int topK,
      @JsonProperty("top_k_accuracy") double topKAccuracy,
      double negativeLogLikelihood,
      double calibrationError,
      Long nativeNeedMebibytes) {}
}
