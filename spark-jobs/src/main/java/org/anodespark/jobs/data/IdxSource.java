/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.data;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.anodespark.jobs.failure.JobFailure;
import org.anodespark.jobs.files.HadoopPaths;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * MNIST, or a data set in the same four files (Fashion-MNIST, ...): a folder with {@code
 * train-images-idx3-ubyte}, {@code train-labels-idx1-ubyte}, {@code t10k-images-idx3-ubyte} and
 * {@code t10k-labels-idx1-ubyte}, each as it is or with {@code .gz}, on any Hadoop file system.
 * Images have one channel and ten classes.
 */
final class IdxSource implements ImageSource {
  private static final int CLASSES = 10;
  private static final String COMPRESSED = ".gz";

  private final FileSystem fileSystem;
  private final Path folder;
  private final DataSetDescription description;
  private final String identity;

  private IdxSource(FileSystem fileSystem, Path folder) throws IOException {
    this.fileSystem = fileSystem;
    this.folder = folder;
    List<String> identities = new ArrayList<>();
    int[] counts = new int[2];
    int[] sides = null;
    for (SplitName split : List.of(SplitName.TRAIN, SplitName.TEST)) {
      try (IdxFile images = openImages(split);
          IdxFile labels = openLabels(split)) {
        if (images.items() != labels.items()) {
          throw JobFailure.badConfiguration(
              String.format(
                  "%s has %d images, but %s has %d labels.",
                  images.path(), images.items(), labels.path(), labels.items()));
        }
        int[] found = {images.size(1), images.size(2)};
        if (sides != null && (sides[0] != found[0] || sides[1] != found[1])) {
          throw JobFailure.badConfiguration(
              String.format(
                  "%s has images of %d x %d pixels, expected %d x %d as in the train split.",
                  images.path(), found[0], found[1], sides[0], sides[1]));
        }
        sides = found;
        counts[split == SplitName.TRAIN ? 0 : 1] = images.items();
        identities.add(identity(images.path()));
        identities.add(identity(labels.path()));
      }
    }
    this.identity = String.join("; ", identities);
    RecordLayout layout =
        new RecordLayout(
            sides[0],
            sides[1],
            1,
            1 + sides[0] * sides[1],
            List.of(
                new RecordLayout.LabelField(
                    "label", 0, IntStream.range(0, CLASSES).mapToObj(String::valueOf).toList())));
    this.description =
        new DataSetDescription(
            "mnist",
            false,
            String.format(
                "%d train and %d test images of %d x %d pixels in MNIST's format, read from %s.",
                counts[0], counts[1], sides[0], sides[1], folder.getName()),
            null,
            layout);
  }

  /** Whether there is a folder with the train images. */
  static boolean isAt(Path source, Configuration hadoop) throws IOException {
    FileSystem fileSystem = HadoopPaths.fileSystem(source, hadoop);
    String images = imagesOf(SplitName.TRAIN);
    return fileSystem.exists(new Path(source, images))
        || fileSystem.exists(new Path(source, images + COMPRESSED));
  }

  /**
   * Opens the four files and reads their headers.
   *
   * @throws JobFailure if one is missing or contradicts another
   * @throws IOException if the file system fails
   */
  static IdxSource open(Path folder, Configuration hadoop) throws IOException {
    return new IdxSource(HadoopPaths.fileSystem(folder, hadoop), folder);
  }

  private static String prefix(SplitName split) {
    return split == SplitName.TRAIN ? "train" : "t10k";
  }

  private static String imagesOf(SplitName split) {
    return prefix(split) + "-images-idx3-ubyte";
  }

  private IdxFile openImages(SplitName split) throws IOException {
    return IdxFile.open(fileSystem, find(imagesOf(split)), 3);
  }

  private IdxFile openLabels(SplitName split) throws IOException {
    return IdxFile.open(fileSystem, find(prefix(split) + "-labels-idx1-ubyte"), 1);
  }

  private Path find(String name) throws IOException {
    for (String candidate : List.of(name, name + COMPRESSED)) {
      Path file = new Path(folder, candidate);
      if (fileSystem.exists(file)) {
        return file;
      }
    }
    throw JobFailure.badConfiguration(
        String.format(
            "data.source %s has neither %s nor %s%s; expected the four files of MNIST.",
            folder, name, name, COMPRESSED));
  }

  private String identity(Path path) throws IOException {
    FileStatus file = fileSystem.getFileStatus(path);
    return String.format(
        Locale.ROOT, "%s, %d bytes of %d", path, file.getLen(), file.getModificationTime());
  }

  @Override
  public DataSetDescription description() {
    return description;
  }

  @Override
  public String identity() {
    return identity;
  }

  @Override
  public RecordReader open(SplitName split) throws IOException {
    IdxFile images = openImages(split);
    IdxFile labels;
    try {
      labels = openLabels(split);
    } catch (IOException | RuntimeException e) {
      images.close();
      throw e;
    }
    return new RecordReader() {
      private long records;

      @Override
      public boolean read(byte[] record) throws IOException {
        boolean label = labels.read(record, 0);
        boolean image = images.read(record, 1);
        if (label && image) {
          RecordLayout.readLabel(
              description.layout().labels().get(0),
              record,
              0,
              new RecordLayout.Place(labels.path(), records++));
        }
        return label && image;
      }

      @Override
      public void close() throws IOException {
        try (images) {
          labels.close();
        }
      }
    };
  }

  @Override
  public void close() {
    // nothing is held
  }
}
