/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.export;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.anodespark.jobs.config.ExportSettings;
import org.anodespark.jobs.executor.NativeMemory;
import org.anodespark.jobs.executor.NativeMemoryNeed;
import org.anodespark.jobs.executor.PredictionMemory;
import org.anodespark.jobs.failure.JobFailure;
import org.anodespark.jobs.failure.Reason;
import org.anodespark.jobs.files.AtomicFile;
import org.anodespark.jobs.files.HadoopPaths;
import org.anodespark.jobs.job.Job;
import org.anodespark.jobs.job.JobContext;
import org.anodespark.jobs.model.ExampleFormat;
import org.anodespark.jobs.model.ModelDescription;
import org.anodespark.jobs.model.ModelFile;
import org.anodespark.jobs.model.SavedModel;
import org.anodespark.jobs.run.Json;
import org.anodespark.jobs.run.RunRecorder;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;

/**
 * The job {@code export}: a trained network for other programs. It needs no Spark: the driver alone
 * reads and writes.
 */
public final class ExportJob implements Job {
  private static final String KEY = "export.output";

  @Override
  public void run(JobContext context) {
    ExportSettings settings = context.settings().export();
    SavedModel model =
        ModelFile.read(
            "export.model",
            settings.model(),
            context.settings().model().allowedClasses(),
            context.hadoop());
    NativeMemory.requireDriver(
        NativeMemoryNeed.ofDriverWith(model.network()),
        context.settings().spark(),
        context.master(),
        PredictionMemory.ofDriver("export"));
    if (settings.output().isEmpty()) {
      throw JobFailure.badConfiguration(KEY + " is empty: expected a file to make.");
    }
    Path output = HadoopPaths.parse(KEY, settings.output());
    boolean arrays = settings.format().equals("npz");
    List<Path> targets = arrays ? List.of(output, output.suffix(".json")) : List.of(output);
    try {
      FileContext files = fileContext(output, context.hadoop());
      for (Path target : targets) {
        if (files.util().exists(target)) {
          throw JobFailure.badConfiguration(
              ("%s: %s is there already, and nothing is ever overwritten; choose another %s or"
                      + " delete it.")
                  .formatted(KEY, target, KEY));
        }
      }
      long parameters = (arrays ? model.predictor() : model.network()).numParams();
      RunRecorder.record(
          context,
          recorder -> {
            recorder.details(
                () ->
                    new ExportSummary(
                        model.file(), settings.output(), settings.format(), parameters));
            export(model, arrays, targets, files);
            context
                .out()
                .printf(
                    "The %d parameters of %s are in %s%n",
                    parameters, model.file(), settings.output());
          });
    } catch (IOException e) {
      throw cannotBeWritten(output, e);
    }
  }

  private static FileContext fileContext(Path path, Configuration hadoop) throws IOException {
    try {
      return FileContext.getFileContext(path.toUri(), hadoop);
    } catch (RuntimeException e) {
      // what Hadoop throws for an unknown host or a malformed address
      throw new IOException(Reason.of(e), e);
    }
  }

  private static void export(
      SavedModel model, boolean arrays, List<Path> targets, FileContext files) {
    try {
      if (arrays) {
        write(files, targets.get(1), NumpyDescription.of(model)::writeTo);
        // whoever reads arrays knows of no evolution: the weights as they have evolved to
        write(files, targets.get(0), out -> NumpyArchive.write(model.predictor(), out));
      } else {
        write(
            files,
            targets.get(0),
            out -> ModelFile.write(model.network(), model.description(), false, out));
      }
    } catch (IOException e) {
      throw cannotBeWritten(targets.get(0), e);
    }
  }

  private static void write(FileContext files, Path target, AtomicFile.Content content)
      throws IOException {
    AtomicFile.write(files, target, content, Options.Rename.NONE);
  }

  private static JobFailure cannotBeWritten(Path output, IOException e) {
    return JobFailure.badConfiguration(
        "%s %s cannot be written (%s); set it to a file that you may write."
            .formatted(KEY, output, Reason.of(e)),
        e);
  }

  /** What an export adds to {@code summary.json}. */
  private record ExportSummary(String model, String output, String format, long parameters) {}

  /** What is beside the arrays. */
  private record NumpyDescription(
      int formatVersion,
      String dataSet,
      ExampleFormat examples,
      List<NumpyArchive.LayerContent> layers) {
    private static final int FORMAT_VERSION = 1;

    static NumpyDescription of(SavedModel model) {
      return new NumpyDescription(
          FORMAT_VERSION,
          model.description().map(ModelDescription::dataSet).orElse(null),
          model.description().map(ModelDescription::examples).orElse(null),
          NumpyArchive.contents(model.predictor()));
    }

    void writeTo(OutputStream out) throws IOException {
      out.write(Json.text(this).getBytes(StandardCharsets.UTF_8));
    }
  }
}
