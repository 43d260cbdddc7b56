/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.predict;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.anodespark.jobs.config.PredictSettings;
import org.anodespark.jobs.executor.ArrayLimit;
import org.anodespark.jobs.executor.NativeMemory;
import org.anodespark.jobs.executor.PredictionMemory;
import org.anodespark.jobs.executor.SentNetwork;
import org.anodespark.jobs.executor.SparkWork;
import org.anodespark.jobs.executor.TaskMemory;
import org.anodespark.jobs.failure.ExitCode;
import org.anodespark.jobs.failure.JobFailure;
import org.anodespark.jobs.failure.Reason;
import org.anodespark.jobs.files.HadoopPaths;
import org.anodespark.jobs.files.StagedFolder;
import org.anodespark.jobs.job.Job;
import org.anodespark.jobs.job.JobContext;
import org.anodespark.jobs.model.ExampleFormat;
import org.anodespark.jobs.model.ModelFile;
import org.anodespark.jobs.model.SavedModel;
import org.anodespark.jobs.run.Json;
import org.anodespark.jobs.run.RunRecorder;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * The job {@code predict}: a class for each image. Its output, {@code part-00000.jsonl} and so on,
 * in the order of the images' names, appears in one rename. Model, input and output are checked
 * before anything is written.
 */
public final class PredictJob implements Job {
  /** The files that were no images, in the run directory. */
  static final String UNREADABLE = "unreadable.jsonl";

  private static final int MOST_SHOWN = 5;

  /** Batches in a task, where there are more than Spark can run at once: what a retry repeats. */
  private static final int BATCHES_PER_TASK = 16;

  @Override
  public void run(JobContext context) {
    PredictSettings settings = context.settings().predict();
    SavedModel model =
        ModelFile.read(
            "predict.model",
            settings.model(),
            context.settings().model().allowedClasses(),
            context.hadoop());
    ExampleFormat format = model.examples();
    PredictionInput input = PredictionInput.find(context.settings(), format, context.hadoop());
    if (settings.output().isEmpty()) {
      throw JobFailure.badConfiguration("predict.output is empty: expected a folder to make.");
    }
    Path target = HadoopPaths.parse("predict.output", settings.output());
    Optional<NativeMemory> memory =
        PredictionMemory.requireEnough(
            context, "predict", model.predictor(), format, input.images(), settings.batchSize());
    try (StagedFolder output = StagedFolder.create("predict.output", target, context.hadoop())) {
      RunRecorder.record(
          context, recorder -> predict(context, recorder, model, format, memory, input, output));
    } catch (IOException e) {
      throw cannotBeWritten(settings, e);
    }
  }

  private static JobFailure cannotBeWritten(PredictSettings settings, IOException e) {
    return new JobFailure(
        ExitCode.PREFLIGHT_FAILED,
        ("predict.output %s cannot be written (%s): it must be on a file system that driver and"
                + " executors have.")
            .formatted(settings.output(), Reason.of(e)),
        e);
  }

  private static void predict(
      JobContext context,
      RunRecorder recorder,
      SavedModel model,
      ExampleFormat format,
      Optional<NativeMemory> memory,
      PredictionInput input,
      StagedFolder output) {
    PredictSettings settings = context.settings().predict();
    PredictionFormat lines =
        new PredictionFormat(settings.format().equals("csv"), format.classes(), settings.topK());
    List<PredictionPart> parts =
        parts(
            context,
            model,
            memory.map(NativeMemory::ofTasks).orElse(TaskMemory.UNLIMITED),
            input,
            lines,
            output);
    long images = parts.stream().mapToLong(PredictionPart::images).sum();
    List<UnreadableFile> unreadable =
        parts.stream().flatMap(part -> part.unreadable().stream()).toList();
    if (!unreadable.isEmpty()) {
      recorder.directory().write(UNREADABLE, text(unreadable));
    }
    recorder.details(
        () ->
            new PredictionSummary(
                model.file(),
                settings.input(),
                settings.output(),
                images,
                unreadable.size(),
                parts.size(),
                memory.map(NativeMemory::needMebibytes).orElse(null)));
    if (images == 0 || (settings.strict() && !unreadable.isEmpty())) {
      UnreadableFile first = unreadable.get(0);
      throw JobFailure.badConfiguration(
          ("%d of %d files in predict.input are no images, the first of them %s, which %s;"
                  + " %s lists them: %s.")
              .formatted(
                  unreadable.size(),
                  unreadable.size() + images,
                  first.file(),
                  first.reason(),
                  recorder.directory().location() + "/" + UNREADABLE,
                  images == 0
                      ? "set predict.input to PNG or JPEG files"
                      : "leave them out, or set predict.strict = false"));
    }
    try {
      publish(parts, output, lines.suffix());
    } catch (IOException e) {
      throw cannotBeWritten(settings, e);
    }
    context.out().printf("%d images are classified in %s%n", images, settings.output());
    warn(context, unreadable);
    context.out().println("Run directory: " + recorder.directory().location());
  }

  private static List<PredictionPart> parts(
      JobContext context,
      SavedModel model,
      TaskMemory memory,
      PredictionInput input,
      PredictionFormat lines,
      StagedFolder output) {
    JavaSparkContext spark = context.spark().get();
    int batches = input.batches().size();
    int tasks = Math.min(batches, Math.max(spark.defaultParallelism(), batches / BATCHES_PER_TASK));
    spark.setJobGroup("predict", "prediction with " + model.file(), true);
    try (SentNetwork sent = SentNetwork.send(spark, model.predictor())) {
      PartWriter writer =
          new PartWriter(sent, input.loader(), lines, output.path().toString(), context.hadoop());
      return SparkWork.run(
          "The prediction",
          () ->
              memory
                  .around(spark.parallelize(input.batches(), tasks))
                  .mapPartitions(writer::write)
                  .collect());
    } finally {
      spark.clearJobGroup();
      ArrayLimit.set(ArrayLimit.NONE);
    }
  }

  private static void publish(List<PredictionPart> parts, StagedFolder output, String suffix)
      throws IOException {
    FileSystem files = output.fileSystem();
    for (int i = 0; i < parts.size(); i++) {
      Path file = new Path(output.path(), String.format(Locale.ROOT, "part-%05d%s", i, suffix));
      if (!files.rename(new Path(parts.get(i).file()), file)) {
        throw new IOException(parts.get(i).file() + " could not be renamed to " + file);
      }
    }
    // of attempts that failed
    for (FileStatus left : files.globStatus(new Path(output.path(), ".part-*"))) {
      files.delete(left.getPath(), false);
    }
    output.publish();
  }

  private static String text(List<UnreadableFile> unreadable) {
    return unreadable.stream().map(each -> Json.line(each) + "\n").collect(Collectors.joining());
  }

  private static void warn(JobContext context, List<UnreadableFile> unreadable) {
    if (unreadable.isEmpty()) {
      return;
    }
    context
        .out()
        .printf("%d files are left out, as %s of the run tells:%n", unreadable.size(), UNREADABLE);
    unreadable.stream()
        .limit(MOST_SHOWN)
        .forEach(each -> context.out().printf("  %s %s%n", each.file(), each.reason()));
  }

  /** What a prediction adds to {@code summary.json}. */
  private record PredictionSummary(
      String model,
      String input,
      String output,
      long images,
      int unreadable,
      int parts,
      Long nativeNeedMebibytes) {}
}
