/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.data;

import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.anodespark.jobs.failure.JobFailure;
import org.anodespark.jobs.failure.Reason;
import org.anodespark.jobs.files.HadoopPaths;
import org.anodespark.jobs.model.ExampleFormat;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.util.SerializableConfiguration;
import org.deeplearning4j.core.loader.DataSetLoader;
import org.nd4j.common.loader.Source;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Loads the minibatch that a {@link MinibatchDescriptor} names, on an executor.
 *
 * <p>Features have type float and shape {@code [N, H, W, C]}, channels last, in C order: (pixel /
 * 255 - mean) / standard deviation, by the manifest's statistics of the train split. Labels have
 * type float and shape {@code [N, classes]}: 1 for the class, 0 elsewhere, unless labels of train
 * images are smoothed.
 *
 * <p>Train images are augmented; equal descriptors give equal minibatches all the same, on any
 * executor, from the cache or from the file.
 */
public final class ShardDataSetLoader implements DataSetLoader {
  private static final long serialVersionUID = 1L;
  private static final long BYTES_PER_MEBIBYTE = 1L << 20;

  private final Manifest manifest;
  private final Path dataPath;
  private final RecordLayout.LabelField label;
  private final ExampleFormat format;
  private final int cacheMebibytes;
  private final Augmentation augmentation;
  private final SerializableConfiguration hadoop;

  private transient ImageDecoder decoder;

  /**
   * Reads nothing yet.
   *
   * @param manifest the data set's
   * @param dataPath folder of the shards, on any Hadoop file system
   * @param labels the setting {@code data.labels}: which label to learn where records have two
   * @param cacheMebibytes most memory that shards may take in this process; with 0, each record is
   *     read from the file
   * @param augmentation how train images are changed
   * @param hadoop settings of the file systems; they travel with the loader
   * @throws JobFailure if there are no such labels, images would be shifted out of sight, or there
   *     is no such file system
   */
  public ShardDataSetLoader(
      Manifest manifest,
      Path dataPath,
      String labels,
      int cacheMebibytes,
      Augmentation augmentation,
      Configuration hadoop) {
    this.manifest = manifest;
    this.label = manifest.layout().label(labels);
    this.format = manifest.exampleFormat(labels);
    this.cacheMebibytes = cacheMebibytes;
    this.augmentation = augmentation;
    this.hadoop = new SerializableConfiguration(hadoop);
    int side = Math.min(manifest.layout().height(), manifest.layout().width());
    if (augmentation.cropPadding() >= side) {
      throw JobFailure.badConfiguration(
          String.format(
              "data.augment.crop-padding is %d, expected 0 to %d.",
              augmentation.cropPadding(), side - 1));
    }
    try {
      // an executor may have another default file system
      this.dataPath = HadoopPaths.fileSystem(dataPath, hadoop).makeQualified(dataPath);
    } catch (IOException e) {
      throw HadoopPaths.failure(
          "data.path %s cannot be used (%s): see that it is the right one, on a file system that is reachable."
              .formatted(dataPath, Reason.of(e)),
          e);
    }
  }

  /**
   * Loads one minibatch.
   *
   * @param source its path is an {@link MinibatchDescriptor#encode() encoded} descriptor; nothing
   *     is opened through it
   * @throws IllegalArgumentException if the path is no descriptor, or names examples that are not
   *     there
   * @throws JobFailure if a shard is missing or damaged, or a label is out of range
   * @throws IOException if the file system fails
   */
  @Override
  public DataSet load(Source source) throws IOException {
    return load(MinibatchDescriptor.decode(source.getPath()));
  }

  /** As {@link #load(Source)}, for a descriptor that was not encoded. */
  public DataSet load(MinibatchDescriptor minibatch) throws IOException {
    RecordLayout layout = manifest.layout();
    ImageDecoder images = decoder();
    int count = minibatch.examples().size();
    int classes = label.classes().size();
    // filled where they stay, in native memory: Nd4j.create copies a Java array number by number
    INDArray features =
        Nd4j.createUninitialized(
            DataType.FLOAT, count, layout.height(), layout.width(), layout.channels());
    INDArray labels = Nd4j.create(DataType.FLOAT, count, classes);
    FloatBuffer featureValues = features.data().asNioFloat();
    FloatBuffer labelValues = labels.data().asNioFloat();
    float[] image = new float[format.imageLength()];
    boolean augment = minibatch.split() == SplitName.TRAIN;
    double smoothing = augment ? augmentation.labelSmoothing() : 0;
    SplittableRandom random = new SplittableRandom(minibatch.augmentationSeed());
    reader(minibatch.split())
        .read(
            minibatch.examples(),
            (position, bytes, offset, place) -> {
              int down = 0;
              int right = 0;
              boolean mirror = false;
              if (augment) {
                int padding = augmentation.cropPadding();
                down = random.nextInt(-padding, padding + 1);
                right = random.nextInt(-padding, padding + 1);
                mirror = random.nextInt(2) == 1 && augmentation.flip();
              }
              images.decode(bytes, offset + layout.pixelOffset(), down, right, mirror, image);
              featureValues.put(position * image.length, image);
              int exampleClass = RecordLayout.readLabel(label, bytes, offset, place);
              if (smoothing > 0) {
                for (int other = 0; other < classes; other++) {
                  labelValues.put(position * classes + other, (float) (smoothing / classes));
                }
              }
              labelValues.put(
                  position * classes + exampleClass, (float) (1 - smoothing + smoothing / classes));
            });
    return new DataSet(features, labels);
  }

  /** The images of a split as they are: neither normalised nor augmented. */
  public RawImages rawImages(SplitName split) {
    return examples -> rawImages(split, examples);
  }

  private List<RawImage> rawImages(SplitName split, List<Integer> examples) throws IOException {
    RecordLayout layout = manifest.layout();
    List<RawImage> images = new ArrayList<>();
    reader(split)
        .read(
            examples,
            (position, bytes, offset, place) -> {
              int from = offset + layout.pixelOffset();
              images.add(
                  new RawImage(
                      new Path(place.file().toString()).getName(),
                      place.record(),
                      layout.height(),
                      layout.width(),
                      Arrays.copyOfRange(
                          bytes, from, from + layout.channels() * layout.planeBytes())));
            });
    return images;
  }

  private ShardReader reader(SplitName split) {
    return new ShardReader(
        manifest,
        split,
        dataPath,
        ShardCache.ofThisProcess(),
        cacheMebibytes * BYTES_PER_MEBIBYTE,
        hadoop.value());
  }

  private synchronized ImageDecoder decoder() {
    if (decoder == null) {
      decoder = new ImageDecoder(format);
    }
    return decoder;
  }
}
