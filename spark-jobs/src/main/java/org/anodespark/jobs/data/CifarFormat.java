/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.data;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.anodespark.jobs.failure.JobFailure;

/**
 * The official binary layouts of CIFAR-10 and CIFAR-100
 * (https://www.cs.toronto.edu/~kriz/cifar.html). A record is one or two label bytes and 3072 pixel
 * bytes: 32x32 red, then green, then blue values, each row by row from the top.
 *
 * @param dataSetName name in the manifest
 * @param displayName name in sentences
 * @param labelFiles the label bytes in the order of the record
 * @param trainFiles files with the records of the train split, in order
 * @param testFiles files with the records of the test split, in order
 */
record CifarFormat(
    String dataSetName,
    String displayName,
    List<LabelFile> labelFiles,
    List<String> trainFiles,
    List<String> testFiles) {

  static final CifarFormat CIFAR_10 =
      new CifarFormat(
          "cifar-10",
          "CIFAR-10",
          List.of(new LabelFile("label", "batches.meta.txt", 10)),
          List.of(
              "data_batch_1.bin",
              "data_batch_2.bin",
              "data_batch_3.bin",
              "data_batch_4.bin",
              "data_batch_5.bin"),
          List.of("test_batch.bin"));

  static final CifarFormat CIFAR_100 =
      new CifarFormat(
          "cifar-100",
          "CIFAR-100",
          List.of(
              new LabelFile("coarse", "coarse_label_names.txt", 20),
              new LabelFile("fine", "fine_label_names.txt", 100)),
          List.of("train.bin"),
          List.of("test.bin"));

  private static final List<CifarFormat> ALL = List.of(CIFAR_10, CIFAR_100);

  /** Images that both official data sets have. */
  static final int OFFICIAL_TRAIN = 50_000;

  static final int OFFICIAL_TEST = 10_000;

  /**
   * One label byte and the file with the names of its classes, one a line.
   *
   * @param name name of the label
   * @param file name of the file
   * @param classes how many names it lists
   */
  record LabelFile(String name, String file, int classes) {}

  /** Files with the records of a split, in order. */
  List<String> recordFiles(SplitName split) {
    return split == SplitName.TRAIN ? trainFiles : testFiles;
  }

  /** Every file that the data set needs. */
  List<String> files() {
    List<String> files = new ArrayList<>(trainFiles);
    files.addAll(testFiles);
    labelFiles.forEach(labels -> files.add(labels.file()));
    return files;
  }

  /** Whether a file of that name belongs to either data set. */
  static boolean isKnown(String fileName) {
    return ALL.stream().anyMatch(format -> format.files().contains(fileName));
  }

  /**
   * Which data set a folder or an archive holds.
   *
   * @param fileNames names of the files in it, without folders
   * @param where the folder or archive, for messages
   * @return empty if none of its files is known
   * @throws JobFailure if it holds files of both, or not all files of one
   */
  static Optional<CifarFormat> recognise(Collection<String> fileNames, Object where) {
    List<CifarFormat> found =
        ALL.stream()
            .filter(format -> format.files().stream().anyMatch(fileNames::contains))
            .toList();
    if (found.size() > 1) {
      throw JobFailure.badConfiguration(
          where + " holds files of both CIFAR-10 and CIFAR-100, expected one of the two.");
    }
    for (CifarFormat format : found) {
      List<String> missing =
          format.files().stream().filter(file -> !fileNames.contains(file)).toList();
      if (!missing.isEmpty()) {
        throw JobFailure.badConfiguration(
            String.format(
                "%s lacks %s; %s needs %s.",
                where,
                String.join(", ", missing),
                format.displayName,
                String.join(", ", format.files())));
      }
    }
    return found.stream().findFirst();
  }
}
