/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.model;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.anodespark.jobs.failure.JobFailure;
import org.anodespark.jobs.failure.Reason;
import org.anodespark.jobs.files.HadoopPaths;
import org.anodespark.odelayers.EvolvedWeights;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A network in a file: what Deeplearning4j's {@code ModelSerializer} writes, and a {@link
 * ModelDescription} beside it, which that class does not look at.
 *
 * <p>Reading treats the file as data that anybody may have written. Five entries are known and no
 * other is opened, so none is ever deserialised as a Java object, which {@code ModelSerializer}
 * does with some. Classes are named by the configuration alone, and only {@linkplain AllowedTypes
 * some} may be; nothing is allocated that the file does not hold.
 */
public final class ModelFile {
  static final String CONFIGURATION = "configuration.json";
  static final String PARAMETERS = "coefficients.bin";
  static final String UPDATER_STATE = "updaterState.bin";

  /** Parameters of the network that predicts, where weights evolve before the state does. */
  static final String EVOLVED_PARAMETERS = "evolvedCoefficients.bin";

  /** Name of the model in the folder of its run. */
  public static final String NAME = "model.zip";

  private static final int MOST_JSON_BYTES = 1 << 24;
  private static final long MOST_PARAMETERS = 1L << 28;
  private static final int BUFFER_BYTES = 1 << 16;

  private final ModelRefusal refusal;
  private final ZipFile zip;
  private final AllowedTypes allowedTypes;

  private ModelFile(ModelRefusal refusal, ZipFile zip, AllowedTypes allowedTypes) {
    this.refusal = refusal;
    this.zip = zip;
    this.allowedTypes = allowedTypes;
  }

  /**
   * Writes a network.
   *
   * @param description what its input and output mean, if that is known
   * @param updaterState whether to write the state of its updater, with which a training can go on
   * @param out is not closed
   */
  public static void write(
      ComputationGraph network,
      Optional<ModelDescription> description,
      boolean updaterState,
      OutputStream out)
      throws IOException {
    ZipOutputStream zip = new ZipOutputStream(out);
    zip.putNextEntry(new ZipEntry(CONFIGURATION));
    zip.write(network.getConfiguration().toJson().getBytes(StandardCharsets.UTF_8));
    if (description.isPresent()) {
      zip.putNextEntry(new ZipEntry(ModelDescription.ENTRY));
      zip.write(description.get().toBytes());
    }
    write(network.params(), PARAMETERS, zip);
    Optional<ComputationGraph> evolved = EvolvedWeights.of(network);
    if (evolved.isPresent()) {
      write(evolved.get().params(), EVOLVED_PARAMETERS, zip);
    }
    INDArray state = updaterState ? network.getUpdater().getStateViewArray() : null;
    if (state != null && !state.isEmpty()) {
      write(state, UPDATER_STATE, zip);
    }
    zip.finish();
  }

  private static void write(INDArray array, String entry, ZipOutputStream zip) throws IOException {
    zip.putNextEntry(new ZipEntry(entry));
    DataOutputStream out = new DataOutputStream(new BufferedOutputStream(zip, BUFFER_BYTES));
    Nd4j.write(array, out);
    out.flush();
  }

  /**
   * Reads a network.
   *
   * @param key the setting that names it
   * @param model a file, or the folder of a run, of which {@value #NAME} is taken; on any Hadoop
   *     file system
   * @param allowedClasses the setting {@code model.allowed-classes}: classes or packages that the
   *     file may name beside those that every network is made of
   * @throws JobFailure with exit code 2 and a sentence that names file and entry, if it is not
   *     there or not what this class writes; 3 if its file system fails
   */
  public static SavedModel read(
      String key, String model, List<String> allowedClasses, Configuration hadoop) {
    if (model.isEmpty()) {
      throw JobFailure.badConfiguration(
          key + " is empty: expected the folder of a run of the job train, or a model's file.");
    }
    Path path = HadoopPaths.parse(key, model);
    try {
      FileSystem files = HadoopPaths.fileSystem(path, hadoop);
      FileStatus status = files.getFileStatus(path);
      Path file = status.isDirectory() ? new Path(status.getPath(), NAME) : status.getPath();
      // a zip is read from its end, which streams of Hadoop cannot do for Java's class
      java.nio.file.Path copy = Files.createTempFile("model", ".zip");
      try {
        try (InputStream in = files.open(file)) {
          Files.copy(in, copy, StandardCopyOption.REPLACE_EXISTING);
        }
        return read(file.toString(), copy, new AllowedTypes(allowedClasses));
      } finally {
        Files.delete(copy);
      }
    } catch (FileNotFoundException e) {
      throw JobFailure.badConfiguration(
          ("%s is %s, where there is no model: expected the folder of a run of the job train, or"
                  + " a model's file.")
              .formatted(key, model),
          e);
    } catch (IOException e) {
      throw HadoopPaths.failure(
          "%s is %s, which cannot be read (%s): see that it is the right one, on a file system that is reachable and whole."
              .formatted(key, model, Reason.of(e)),
          e);
    }
  }

  private static SavedModel read(String name, java.nio.file.Path copy, AllowedTypes allowedTypes) {
    ModelRefusal refusal = new ModelRefusal(name);
    try (ZipFile zip = new ZipFile(copy.toFile())) {
      return new ModelFile(refusal, zip, allowedTypes).read();
    } catch (IOException e) {
      throw refusal.of("is not a zip file, or is damaged (%s)".formatted(e.getMessage()), e);
    }
  }

  private SavedModel read() {
    ComputationGraphConfiguration configuration =
        parse(CONFIGURATION, json -> NetworkConfiguration.parse(json, allowedTypes));
    Optional<ModelDescription> description =
        zip.getEntry(ModelDescription.ENTRY) == null
            ? Optional.empty()
            : Optional.of(parse(ModelDescription.ENTRY, ModelDescription::parse));
    DataType type = configuration.getDataType();
    if (type == null || !type.isFPType()) {
      throw refusal.of(CONFIGURATION, "has dataType %s".formatted(type));
    }
    INDArray parameters = array(PARAMETERS, new ArrayEntry(parameters(configuration), type));
    ComputationGraph network = new ComputationGraph(configuration);
    try {
      network.init(parameters, false);
      requireExactShapes(network);
      if (zip.getEntry(UPDATER_STATE) != null) {
        INDArray state = network.getUpdater().getStateViewArray();
        long length = state == null ? 0 : state.length();
        network.getUpdater().setStateViewArray(array(UPDATER_STATE, new ArrayEntry(length, type)));
      }
    } catch (JobFailure e) {
      throw e;
    } catch (RuntimeException e) {
      throw refusal.of(
          CONFIGURATION, "makes no network of the parameters (%s)".formatted(e.getMessage()), e);
    }
    return new SavedModel(refusal.file(), network, predictor(network, type), description);
  }

  /** By the weights in the file, so that none have to evolve; others than this class write none. */
  private ComputationGraph predictor(ComputationGraph network, DataType type) {
    Optional<ComputationGraphConfiguration> evolved =
        EvolvedWeights.configuration(network.getConfiguration());
    if (evolved.isEmpty()) {
      return network;
    }
    if (zip.getEntry(EVOLVED_PARAMETERS) == null) {
      return EvolvedWeights.of(network).orElseThrow();
    }
    ComputationGraph predictor = new ComputationGraph(evolved.get());
    predictor.init(
        array(EVOLVED_PARAMETERS, new ArrayEntry(parameters(evolved.get()), type)), false);
    return predictor;
  }

  /** Nothing is allocated for it yet. */
  private long parameters(ComputationGraphConfiguration configuration) {
    long count = 0;
    try {
      for (GraphVertex vertex : configuration.getVertices().values()) {
        count = Math.addExact(count, vertex.numParams(true));
      }
    } catch (RuntimeException e) {
      throw refusal.of(CONFIGURATION, "makes no network (%s)".formatted(e.getMessage()), e);
    }
    if (count < 1 || count > MOST_PARAMETERS) {
      throw refusal.of(
          CONFIGURATION, "asks for %d parameters, not 1 to %d".formatted(count, MOST_PARAMETERS));
    }
    return count;
  }

  /** A product of lengths that does not fit into 64 bits may look like a small one. */
  private static void requireExactShapes(ComputationGraph network) {
    for (Map.Entry<String, INDArray> parameter : network.paramTable().entrySet()) {
      long product = 1;
      for (long length : parameter.getValue().shape()) {
        product = Math.multiplyExact(product, length);
      }
      if (product != parameter.getValue().length() || product > network.numParams()) {
        throw new IllegalArgumentException(
            "parameter " + parameter.getKey() + " has no such shape");
      }
    }
  }

  private <T> T parse(String entry, Parser<T> parser) {
    byte[] bytes;
    try (InputStream in = open(entry)) {
      bytes = in.readNBytes(MOST_JSON_BYTES + 1);
    } catch (IOException e) {
      throw refusal.of(entry, "is damaged (%s)".formatted(e.getMessage()), e);
    }
    if (bytes.length > MOST_JSON_BYTES) {
      throw refusal.of(entry, "is longer than %d bytes".formatted(MOST_JSON_BYTES));
    }
    try {
      return parser.parse(bytes);
    } catch (IOException e) {
      throw refusal.of(entry, sentence(e), e);
    }
  }

  /** What the parser says of the file, or what it understands no word of. */
  private static String sentence(IOException e) {
    return e instanceof com.fasterxml.jackson.core.JsonProcessingException json
        ? "is no JSON (" + json.getOriginalMessage() + ")"
        : e.getMessage();
  }

  private INDArray array(String entry, ArrayEntry expected) {
    try {
      long bytes = bytesOf(entry, expected.bytes());
      if (bytes != expected.bytes()) {
        throw new IOException(
            "has %s bytes, but one row of %d numbers of type %s, as %s implies, has %d"
                .formatted(
                    bytes > expected.bytes() ? "more than " + expected.bytes() : bytes,
                    expected.length(),
                    expected.type(),
                    CONFIGURATION,
                    expected.bytes()));
      }
      try (InputStream in = open(entry)) {
        return expected.read(in);
      }
    } catch (IOException e) {
      throw refusal.of(entry, e.getMessage(), e);
    }
  }

  /** What is really there, whatever the zip says; one more than {@code most} if it is more. */
  private long bytesOf(String entry, long most) throws IOException {
    byte[] buffer = new byte[BUFFER_BYTES];
    long bytes = 0;
    try (InputStream in = open(entry)) {
      for (int read = in.read(buffer); read >= 0 && bytes <= most; read = in.read(buffer)) {
        bytes += read;
      }
    }
    return Math.min(bytes, most + 1);
  }

  private InputStream open(String entry) throws IOException {
    ZipEntry found = zip.getEntry(entry);
    if (found == null) {
      throw refusal.of(entry, "is missing");
    }
    return new BufferedInputStream(zip.getInputStream(found), BUFFER_BYTES);
  }

  /** Makes something of an entry's bytes. */
  private interface Parser<T> {
    T parse(byte[] bytes) throws IOException;
  }
}
