/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.predict;

import java.io.IOException;
import java.io.InputStream;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import org.anodespark.jobs.data.ImageDecoder;
import org.anodespark.jobs.files.HadoopPaths;
import org.anodespark.jobs.model.ExampleFormat;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.util.SerializableConfiguration;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Loads PNG and JPEG files; an element of the RDD holds their addresses. */
final class FileBatches implements BatchLoader {
  private static final long serialVersionUID = 1L;
  private static final int MOST_FILE_BYTES = 1 << 26;

  private final ExampleFormat format;
  private final boolean resize;
  private final SerializableConfiguration hadoop;

  FileBatches(ExampleFormat format, boolean resize, Configuration hadoop) {
    this.format = format;
    this.resize = resize;
    this.hadoop = new SerializableConfiguration(hadoop);
  }

  @Override
  public Batch load(String[] batch) throws IOException {
    ImageFileDecoder files = new ImageFileDecoder(format, resize);
    List<String> names = new ArrayList<>();
    List<byte[]> images = new ArrayList<>();
    List<UnreadableFile> unreadable = new ArrayList<>();
    for (String file : batch) {
      try {
        images.add(files.decode(file, bytes(file)));
        names.add(file);
      } catch (NoImageException e) {
        unreadable.add(new UnreadableFile(file, e.getMessage()));
      }
    }
    return new Batch(names, images.isEmpty() ? null : input(images), unreadable);
  }

  private byte[] bytes(String file) throws IOException, NoImageException {
    Path path = new Path(file);
    try (InputStream in = HadoopPaths.fileSystem(path, hadoop.value()).open(path)) {
      byte[] bytes = in.readNBytes(MOST_FILE_BYTES + 1);
      if (bytes.length > MOST_FILE_BYTES) {
        throw new NoImageException("is longer than " + MOST_FILE_BYTES + " bytes");
      }
      return bytes;
    }
  }

  private INDArray input(List<byte[]> images) {
    ImageDecoder decoder = new ImageDecoder(format);
    INDArray input =
        Nd4j.createUninitialized(
            DataType.FLOAT, images.size(), format.height(), format.width(), format.channels());
    FloatBuffer values = input.data().asNioFloat();
    float[] image = new float[format.imageLength()];
    for (int i = 0; i < images.size(); i++) {
      decoder.decode(images.get(i), 0, image);
      values.put(i * image.length, image);
    }
    return input;
  }
}
