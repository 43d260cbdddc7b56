/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.evaluate;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import javax.imageio.ImageIO;
import org.anodespark.jobs.data.RawImage;
import org.anodespark.jobs.run.RunDirectory;

/** What every evaluation leaves in a run directory. */
public final class EvaluationFiles {
  private EvaluationFiles() {}

  /**
   * What {@code mistakes.json} holds.
   *
   * @param images PNG files by index of the example; as JSON in base 64
   */
  private record Images(SortedMap<Integer, byte[]> images) {}

  /**
   * Writes {@code evaluation.json}, and {@code mistakes.json} with the images of its mistakes.
   *
   * @param images by index of the example, see {@link MistakeImages}
   * @throws org.anodespark.jobs.failure.JobFailure with exit code 3 when they cannot be written
   */
  public static void write(
      RunDirectory directory, EvaluationReport report, Map<Integer, RawImage> images) {
    SortedMap<Integer, byte[]> files = new TreeMap<>();
    images.forEach((example, image) -> files.put(example, png(image)));
    directory.writeJson(RunDirectory.MISTAKES, new Images(files));
    directory.writeJson(EvaluationReport.FILE, report);
  }

  private static byte[] png(RawImage image) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      ImageIO.write(image.picture(), "png", out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }
}
