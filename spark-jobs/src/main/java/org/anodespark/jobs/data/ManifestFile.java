/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.data;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.anodespark.jobs.failure.JobFailure;
import org.anodespark.jobs.failure.Reason;
import org.anodespark.jobs.files.HadoopPaths;
import org.anodespark.jobs.files.StrictJson;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Reads and writes {@code manifest.json}. */
final class ManifestFile {
  private ManifestFile() {}

  /** The file's content: JSON, indented by two spaces, lines ended by a line feed. */
  static byte[] toBytes(Manifest manifest) throws IOException {
    DefaultPrettyPrinter printer =
        new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n"));
    String json = StrictJson.MAPPER.writer(printer).writeValueAsString(manifest) + "\n";
    return json.getBytes(StandardCharsets.UTF_8);
  }

  /** See {@link Manifest#read}. */
  static Manifest read(Path dataPath, Configuration hadoop) {
    return read(dataPath, hadoop, ManifestFile::requireShards);
  }

  /** As {@link #read(Path, Configuration)}, without a look at the shards. */
  static Manifest readAlone(Path dataPath, Configuration hadoop) {
    return read(dataPath, hadoop, (manifest, fileSystem, path) -> {});
  }

  /** Looks at what is beside a manifest. */
  private interface Look {
    void at(Manifest manifest, FileSystem fileSystem, Path dataPath) throws IOException;
  }

  private static Manifest read(Path dataPath, Configuration hadoop, Look look) {
    Path file = new Path(dataPath, Manifest.FILE_NAME);
    try {
      FileSystem fileSystem = HadoopPaths.fileSystem(file, hadoop);
      Manifest manifest = parse(readBytes(fileSystem, file), file);
      ManifestCheck.check(manifest, file);
      look.at(manifest, fileSystem, dataPath);
      return manifest;
    } catch (FileNotFoundException e) {
      throw JobFailure.badConfiguration(
          "data.path "
              + dataPath
              + " holds no "
              + Manifest.FILE_NAME
              + "; make the data set with the job prepare.",
          e);
    } catch (IOException e) {
      throw HadoopPaths.failure(
          "%s cannot be read (%s): see that its folder is the right one, on a file system that is reachable and whole."
              .formatted(file, Reason.of(e)),
          e);
    }
  }

  private static byte[] readBytes(FileSystem fileSystem, Path file) throws IOException {
    try (InputStream in = fileSystem.open(file)) {
      return in.readAllBytes();
    }
  }

  private static Manifest parse(byte[] json, Path file) throws IOException {
    try {
      JsonNode tree = StrictJson.MAPPER.readTree(json);
      JsonNode version = tree.path("format_version");
      if (!version.isInt() || version.intValue() != Manifest.FORMAT_VERSION) {
        throw JobFailure.badConfiguration(
            String.format(
                "%s has format_version %s, expected %d; prepare the data set again with this"
                    + " release.",
                file, version.isMissingNode() ? "(none)" : version, Manifest.FORMAT_VERSION));
      }
      if (tree instanceof ObjectNode manifest && !manifest.has(SplitName.VALIDATION.text())) {
        // the one key that may be missing
        manifest.putNull(SplitName.VALIDATION.text());
      }
      return StrictJson.MAPPER.treeToValue(tree, Manifest.class);
    } catch (JsonProcessingException e) {
      throw JobFailure.badConfiguration(
          String.format(
              "%s is not a manifest that the job prepare wrote (%s); prepare the data set again.",
              file, firstClause(e.getOriginalMessage())),
          e);
    }
  }

  /** Jackson adds excerpts of the file and names of its own settings after the point. */
  private static String firstClause(String message) {
    return message.split("[;\\n]", 2)[0];
  }

  /**
   * Returns if the manifest's shards are in a folder, in their lengths.
   *
   * @throws JobFailure exit code 2, if not
   */
  static void requireShards(Manifest manifest, FileSystem fileSystem, Path dataPath)
      throws IOException {
    Map<String, Long> lengths = new HashMap<>();
    for (FileStatus status : fileSystem.listStatus(dataPath)) {
      lengths.put(status.getPath().getName(), status.getLen());
    }
    for (SplitName split : manifest.splits()) {
      for (Manifest.Shard shard : manifest.split(split).shards()) {
        Path file = new Path(dataPath, shard.file());
        Long length = lengths.get(shard.file());
        if (length == null) {
          throw JobFailure.badConfiguration(
              file + " is missing, but the manifest lists it; prepare the data set again.");
        }
        if (length != shard.bytes()) {
          throw JobFailure.badConfiguration(
              String.format(
                  "%s has %d bytes, expected %d as in the manifest; prepare the data set again.",
                  file, length, shard.bytes()));
        }
      }
    }
  }
}
