/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.data;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Set;
import org.anodespark.jobs.failure.JobFailure;
import org.anodespark.jobs.failure.Reason;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Unpacks an official {@code .tar.gz} archive in one pass. The official archives keep their files
 * in no particular order, so that the records cannot be passed on in the order of the data set
 * while the archive is read; they go to a folder on the local disk first.
 */
final class CifarArchive {
  private static final int BUFFER_BYTES = 1 << 16;

  private CifarArchive() {}

  /**
   * Writes the archive's CIFAR files into a local folder; other files in it are passed over.
   *
   * @return the names of the files written
   * @throws JobFailure if the archive is no {@code .tar.gz}, is truncated or damaged
   * @throws IOException if the archive cannot be opened or the folder cannot be written
   */
  static Set<String> unpack(FileSystem fileSystem, Path archive, java.nio.file.Path folder)
      throws IOException {
    try (InputStream raw = new BufferedInputStream(fileSystem.open(archive), BUFFER_BYTES)) {
      requireGzip(raw, archive);
      InputStream unzipped = new GzipCompressorInputStream(raw, true);
      TarArchiveInputStream tar = new TarArchiveInputStream(unzipped);
      Set<String> names = new HashSet<>();
      for (TarArchiveEntry entry = next(tar, archive); entry != null; entry = next(tar, archive)) {
        String name = entry.getName().substring(entry.getName().lastIndexOf('/') + 1);
        if (entry.isFile() && CifarFormat.isKnown(name)) {
          unpackEntry(tar, entry, archive, folder.resolve(name));
          names.add(name);
        }
      }
      // The checksum of the gzip format stands at its end.
      byte[] rest = new byte[BUFFER_BYTES];
      while (readOf(unzipped, rest, archive, "its end") >= 0) {}
      return names;
    }
  }

  private static void requireGzip(InputStream in, Path archive) throws IOException {
    in.mark(2);
    byte[] start = in.readNBytes(2);
    in.reset();
    if (start.length < 2 || (start[0] & 0xFF) != 0x1F || (start[1] & 0xFF) != 0x8B) {
      throw JobFailure.badConfiguration(
          archive
              + " is neither a folder nor a gzip archive (its first two bytes are not 1f 8b);"
              + " expected the official CIFAR binary archive (.tar.gz) or the folder inside it.");
    }
  }

  private static TarArchiveEntry next(TarArchiveInputStream tar, Path archive) {
    try {
      return tar.getNextTarEntry();
    } catch (IOException | IllegalArgumentException e) {
      throw damaged(archive, "the list of files", e);
    }
  }

  private static void unpackEntry(
      TarArchiveInputStream tar, TarArchiveEntry entry, Path archive, java.nio.file.Path target)
      throws IOException {
    try (OutputStream out = Files.newOutputStream(target, StandardOpenOption.CREATE_NEW)) {
      byte[] buffer = new byte[BUFFER_BYTES];
      long written = 0;
      while (true) {
        int count =
            readOf(
                tar,
                buffer,
                archive,
                entry.getName() + " after " + written + " of " + entry.getSize() + " bytes");
        if (count < 0) {
          return;
        }
        out.write(buffer, 0, count);
        written += count;
      }
    } catch (FileAlreadyExistsException e) {
      throw JobFailure.badConfiguration(
          archive + " holds " + target.getFileName() + " twice, expected once.", e);
    }
  }

  private static int readOf(InputStream in, byte[] buffer, Path archive, String place) {
    try {
      return in.read(buffer);
    } catch (IOException e) {
      throw damaged(archive, place, e);
    }
  }

  private static JobFailure damaged(Path archive, String place, Exception cause) {
    return JobFailure.badConfiguration(
        String.format(
            "%s is truncated or damaged: reading %s failed (%s); fetch it again.",
            archive, place, Reason.of(cause)),
        cause);
  }
}
