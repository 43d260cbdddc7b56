/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.data;

import java.io.BufferedInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.anodespark.jobs.failure.JobFailure;
import org.anodespark.jobs.files.HadoopPaths;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * CIFAR-10 or CIFAR-100 in its official binary layout: the {@code .tar.gz} archive, the folder
 * inside it, or the folder that holds that folder, on any Hadoop file system. An archive and its
 * unpacked folder give the same records in the same order.
 */
final class CifarSource implements ImageSource {
  private static final String EXPECTED =
      "expected the official CIFAR-10 or CIFAR-100 binary archive (.tar.gz), the folder inside it,"
          + " or the folder of MNIST's four files";

  private static final int BUFFER_BYTES = 1 << 18;

  /** A file of class names is shorter than this; what is longer is no such file. */
  private static final int LONGEST_NAMES_FILE_BYTES = 1 << 16;

  private final CifarFormat format;
  private final FileSystem fileSystem;
  private final Path folder;
  private final Path source;
  private final Optional<LocalFolder> unpacked;
  private final String identity;
  private final DataSetDescription description;

  private CifarSource(
      CifarFormat format,
      FileSystem fileSystem,
      Path folder,
      Path source,
      FileStatus status,
      Optional<LocalFolder> unpacked)
      throws IOException {
    this.format = format;
    this.fileSystem = fileSystem;
    this.folder = folder;
    this.source = source;
    this.unpacked = unpacked;
    this.identity = unpacked.isPresent() ? identity(status) : identityOfFiles();
    List<RecordLayout.LabelField> labels = new ArrayList<>();
    for (CifarFormat.LabelFile file : format.labelFiles()) {
      labels.add(new RecordLayout.LabelField(file.name(), labels.size(), readNames(file)));
    }
    RecordLayout layout = RecordLayout.cifar(labels);
    long train = countRecords(SplitName.TRAIN, layout);
    long test = countRecords(SplitName.TEST, layout);
    this.description =
        new DataSetDescription(format.dataSetName(), false, note(train, test), null, layout);
  }

  /**
   * Finds the files, unpacks them if need be, and checks that all are there, whole, and of the
   * right length.
   *
   * @throws JobFailure if the source is missing or is not what was expected
   * @throws IOException if the file system fails
   */
  static CifarSource open(Path source, Configuration hadoop) throws IOException {
    FileSystem fileSystem = HadoopPaths.fileSystem(source, hadoop);
    FileStatus status;
    try {
      status = fileSystem.getFileStatus(source);
    } catch (FileNotFoundException e) {
      throw JobFailure.badConfiguration(
          "data.source " + source + " does not exist; " + EXPECTED + ".", e);
    }
    if (status.isDirectory()) {
      return openFolder(status, source, fileSystem);
    }
    return openArchive(status, source, fileSystem, hadoop);
  }

  private static CifarSource openFolder(FileStatus status, Path source, FileSystem fileSystem)
      throws IOException {
    List<Path> candidates = new ArrayList<>(List.of(source));
    Arrays.stream(fileSystem.listStatus(source))
        .filter(FileStatus::isDirectory)
        .map(FileStatus::getPath)
        .sorted()
        .forEach(candidates::add);
    List<Path> folders = new ArrayList<>();
    for (Path candidate : candidates) {
      if (fileNames(fileSystem, candidate).stream().anyMatch(CifarFormat::isKnown)) {
        folders.add(candidate);
      }
    }
    if (folders.isEmpty()) {
      throw nothingFound(source);
    }
    if (folders.size() > 1) {
      throw JobFailure.badConfiguration(
          String.format(
              "data.source %s holds several data sets, in %s; name one of these folders.",
              source, folders.stream().map(Path::toString).collect(Collectors.joining(" and "))));
    }
    Path folder = folders.get(0);
    CifarFormat format =
        CifarFormat.recognise(fileNames(fileSystem, folder), folder)
            .orElseThrow(() -> nothingFound(source));
    return new CifarSource(format, fileSystem, folder, source, status, Optional.empty());
  }

  private static CifarSource openArchive(
      FileStatus status, Path source, FileSystem fileSystem, Configuration hadoop)
      throws IOException {
    LocalFolder unpacked = LocalFolder.createTemporary(hadoop);
    try {
      Set<String> names = CifarArchive.unpack(fileSystem, source, unpacked.javaPath());
      CifarFormat format =
          CifarFormat.recognise(names, source).orElseThrow(() -> nothingFound(source));
      return new CifarSource(
          format,
          unpacked.fileSystem(),
          unpacked.hadoopPath(),
          source,
          status,
          Optional.of(unpacked));
    } catch (IOException | RuntimeException e) {
      unpacked.delete();
      throw e;
    }
  }

  private static Set<String> fileNames(FileSystem fileSystem, Path folder) throws IOException {
    return Arrays.stream(fileSystem.listStatus(folder))
        .filter(FileStatus::isFile)
        .map(status -> status.getPath().getName())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static JobFailure nothingFound(Path source) {
    return JobFailure.badConfiguration(
        "data.source "
            + source
            + " holds none of the files of CIFAR's binary version (data_batch_1.bin, train.bin, ...);"
            + " "
            + EXPECTED
            + ".");
  }

  private static String identity(FileStatus file) {
    return String.format(
        Locale.ROOT,
        "%s, %d bytes of %d",
        file.getPath(),
        file.getLen(),
        file.getModificationTime());
  }

  private String identityOfFiles() throws IOException {
    List<String> files = new ArrayList<>();
    for (String file : format.files()) {
      files.add(identity(fileSystem.getFileStatus(new Path(folder, file))));
    }
    return String.join("; ", files);
  }

  /** How a file is named in messages. */
  private String nameOf(String file) {
    return unpacked.isPresent() ? file + " in " + source : new Path(folder, file).toString();
  }

  private List<String> readNames(CifarFormat.LabelFile labels) throws IOException {
    byte[] bytes;
    try (InputStream in = fileSystem.open(new Path(folder, labels.file()))) {
      bytes = in.readNBytes(LONGEST_NAMES_FILE_BYTES);
    }
    List<String> names =
        new String(bytes, StandardCharsets.UTF_8)
            .lines()
            .map(String::strip)
            .filter(name -> !name.isEmpty())
            .toList();
    if (names.size() != labels.classes()) {
      throw JobFailure.badConfiguration(
          String.format(
              "%s lists %d class names, expected %d, one a line.",
              nameOf(labels.file()), names.size(), labels.classes()));
    }
    return names;
  }

  private long countRecords(SplitName split, RecordLayout layout) throws IOException {
    long records = 0;
    for (String file : format.recordFiles(split)) {
      long bytes = fileSystem.getFileStatus(new Path(folder, file)).getLen();
      if (bytes == 0 || bytes % layout.recordBytes() != 0) {
        throw JobFailure.badConfiguration(
            String.format(
                "%s is truncated or of another format: it has %d bytes, %d records of %d bytes and"
                    + " %d bytes of record %d; expected whole records, at least one.",
                nameOf(file),
                bytes,
                bytes / layout.recordBytes(),
                layout.recordBytes(),
                bytes % layout.recordBytes(),
                bytes / layout.recordBytes()));
      }
      records += bytes / layout.recordBytes();
    }
    return records;
  }

  private String note(long train, long test) {
    String read = format.displayName() + ", read from " + source.getName() + ".";
    if (train == CifarFormat.OFFICIAL_TRAIN && test == CifarFormat.OFFICIAL_TEST) {
      return read;
    }
    return String.format(
        "%s It has %d train and %d test images; the official data set has %d and %d.",
        read, train, test, CifarFormat.OFFICIAL_TRAIN, CifarFormat.OFFICIAL_TEST);
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
  public RecordReader open(SplitName split) {
    return new Reader(format.recordFiles(split));
  }

  @Override
  public void close() throws IOException {
    if (unpacked.isPresent()) {
      unpacked.get().delete();
    }
  }

  /** Reads one file after another. */
  private final class Reader implements RecordReader {
    private final List<String> files;
    private int nextFile;
    private String file = "";
    private long recordInFile;
    private InputStream in = InputStream.nullInputStream();

    Reader(List<String> files) {
      this.files = files;
    }

    @Override
    public boolean read(byte[] record) throws IOException {
      int count = in.readNBytes(record, 0, record.length);
      while (count == 0 && nextFile < files.size()) {
        openNext();
        count = in.readNBytes(record, 0, record.length);
      }
      if (count == 0) {
        return false;
      }
      if (count < record.length) {
        throw JobFailure.badConfiguration(
            String.format(
                "%s ends after %d bytes of record %d, expected %d: it changed while it was read.",
                nameOf(file), count, recordInFile, record.length));
      }
      RecordLayout.Place place = new RecordLayout.Place(nameOf(file), recordInFile);
      for (RecordLayout.LabelField label : description.layout().labels()) {
        RecordLayout.readLabel(label, record, 0, place);
      }
      recordInFile++;
      return true;
    }

    private void openNext() throws IOException {
      in.close();
      file = files.get(nextFile++);
      recordInFile = 0;
      in = new BufferedInputStream(fileSystem.open(new Path(folder, file)), BUFFER_BYTES);
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }
}
