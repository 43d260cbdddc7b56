/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.data.download;

/**
 * A file with its published checksum.
 *
 * @param fileName its name, at every address that has it and in the folder where it is kept
 * @param md5 its MD5, 32 lower-case hexadecimal digits
 */
public record OfficialArchive(String fileName, String md5) {
  /** CIFAR-10, binary version; checksum from https://www.cs.toronto.edu/~kriz/cifar.html. */
  public static final OfficialArchive CIFAR_10 =
      new OfficialArchive("cifar-10-binary.tar.gz", "c32a1d4ab5d03f1284b67883e8d87530");

  /** CIFAR-100, binary version; checksum from the same page. */
  public static final OfficialArchive CIFAR_100 =
      new OfficialArchive("cifar-100-binary.tar.gz", "03b5dce01913d631647c71ecec9e9cb8");
}
