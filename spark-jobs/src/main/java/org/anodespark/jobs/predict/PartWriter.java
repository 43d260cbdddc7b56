/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.predict;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Serializable;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import org.anodespark.jobs.executor.SentNetwork;
import org.anodespark.jobs.files.HadoopPaths;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.TaskContext;
import org.apache.spark.util.SerializableConfiguration;
import org.nd4j.linalg.api.buffer.DataType;

/** What a task does: classifies its batches, and writes the lines into a file of its own. */
final class PartWriter implements Serializable {
  private static final long serialVersionUID = 1L;

  private final SentNetwork network;
  private final BatchLoader loader;
  private final PredictionFormat format;
  private final String folder;
  private final SerializableConfiguration hadoop;

  /**
   * Makes a writer.
   *
   * @param folder where files go, on a file system that all executors have
   */
  PartWriter(
      SentNetwork network,
      BatchLoader loader,
      PredictionFormat format,
      String folder,
      Configuration hadoop) {
    this.network = network;
    this.loader = loader;
    this.format = format;
    this.folder = folder;
    this.hadoop = new SerializableConfiguration(hadoop);
  }

  /** Classifies. */
  Iterator<PredictionPart> write(Iterator<String[]> batches) throws IOException {
    TaskContext task = TaskContext.get();
    // two attempts of a task may run at once
    Path file = new Path(folder, ".part-%d-%d".formatted(task.partitionId(), task.taskAttemptId()));
    PredictionPart part = new PredictionPart(file.toString());
    try (SentNetwork.OpenedNetwork opened = network.open();
        Writer out =
            new BufferedWriter(
                new OutputStreamWriter(
                    HadoopPaths.fileSystem(file, hadoop.value()).create(file, true),
                    StandardCharsets.UTF_8))) {
      if (task.partitionId() == 0) {
        out.write(format.header());
      }
      while (batches.hasNext()) {
        BatchLoader.Batch batch = loader.load(batches.next());
        part.add(batch);
        if (!batch.names().isEmpty()) {
          float[][] probabilities =
              opened.output(batch.input()).castTo(DataType.FLOAT).toFloatMatrix();
          for (int i = 0; i < probabilities.length; i++) {
            out.write(format.line(batch.names().get(i), probabilities[i]));
          }
        }
      }
    }
    return List.of(part).iterator();
  }
}
