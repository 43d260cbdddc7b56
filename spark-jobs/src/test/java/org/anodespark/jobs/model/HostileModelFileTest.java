/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.anodespark.jobs.failure.ExitCode;
import org.anodespark.jobs.failure.JobFailure;
import org.anodespark.jobs.testing.TinyImages;
import org.anodespark.jobs.testing.TinyNetworks;
import org.apache.hadoop.conf.Configuration;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.DataSetPreProcessor;
import org.nd4j.linalg.factory.Nd4j;

/** Files that somebody made to harm whoever opens them, or that were damaged. */
class HostileModelFileTest {
  private static final String SPRUNG = "hostile.trap.sprung";
  private static final String ALLOWED = "org.deeplearning4j.nn.conf.graph.LayerVertex";

  /** Of a file that is as it should be. */
  private static Map<String, byte[]> honest;

  @TempDir Path folder;
  private Path file;
  private Map<String, byte[]> entries;

  /** A layer that nothing but a file names: notices when it is loaded. */
  public static final class NamedTrap extends DropoutLayer {
    private static final long serialVersionUID = 1L;

    static {
      System.setProperty(SPRUNG, "loaded");
    }
  }

  /** Notices when it is deserialised. */
  public static final class SerialisedTrap implements DataSetPreProcessor, Serializable {
    private static final long serialVersionUID = 1L;

    private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
      in.defaultReadObject();
      System.setProperty(SPRUNG, "deserialised");
    }

    @Override
    public void preProcess(org.nd4j.linalg.dataset.api.DataSet data) {}
  }

  @BeforeAll
  static void writeAnHonestFile() throws IOException {
    honest = entriesOf(TinyNetworks.images());
  }

  private static Map<String, byte[]> entriesOf(ComputationGraph network) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ModelFile.write(network, Optional.of(TinyImages.DESCRIPTION), true, bytes);
    Map<String, byte[]> entries = new LinkedHashMap<>();
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        entries.put(entry.getName(), zip.readAllBytes());
      }
    }
    return entries;
  }

  @BeforeEach
  void setUp() {
    file = folder.resolve("model.zip");
    entries = new LinkedHashMap<>(honest);
    System.clearProperty(SPRUNG);
  }

  @Test
  void theHonestFileIsRead() throws IOException {
    assertThat(read().examples()).isEqualTo(TinyImages.FORMAT);
  }

  @Test
  void aForeignClassIsRefusedBeforeItIsLoaded() throws IOException {
    replace("configuration.json", ALLOWED, HostileModelFileTest.class.getName() + "$NamedTrap");

    assertRefused(
        "configuration.json", "names the class \"" + getClass().getName() + "$NamedTrap\"");
    assertThat(System.getProperty(SPRUNG)).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "javax.script.ScriptEngineManager",
        "com.sun.rowset.JdbcRowSetImpl",
        "java.util.ArrayList<org.deeplearning4j.nn.conf.graph.LayerVertex>",
        "org.deeplearning4j.nn.conf.graph.rnn.LastTimeStepVertex",
        "org.anodespark.odelayersx.Evil",
        "LayerVertex",
        ""
      })
  void classesThatNetworksAreNotMadeOfAreRefused(String name) throws IOException {
    replace("configuration.json", ALLOWED, name);

    assertRefused("configuration.json", "names the class \"" + name + "\"");
  }

  @Test
  void aClassThatIsNoTextIsRefused() throws IOException {
    replace("configuration.json", '"' + ALLOWED + '"', "[\"java.lang.Object\", {}]");

    assertRefused("configuration.json", "names the class [\"java.lang.Object\",{}]");
  }

  @Test
  void aSecondClassBesideAnAllowedOneIsRefused() throws IOException {
    replace(
        "configuration.json",
        "\"@class\" : \"" + ALLOWED + '"',
        "\"@class\" : \"java.lang.Object\", \"@class\" : \"" + ALLOWED + '"');

    assertRefused("configuration.json", "Duplicate field '@class'");
  }

  @Test
  void aClassInTheFormOfAnArrayIsRefused() throws IOException {
    // Jackson takes ["CLASS", {...}] for {"@class": "CLASS", ...}
    String json = new String(honest.get("configuration.json"), StandardCharsets.UTF_8);
    String trap = HostileModelFileTest.class.getName() + "$NamedTrap";
    entries.put(
        "configuration.json",
        json.replaceFirst(
                "\"vertices\" : \\{",
                Matcher.quoteReplacement("\"vertices\" : { \"evil\" : [\"" + trap + "\", {}],"))
            .getBytes(StandardCharsets.UTF_8));

    assertRefused(
        "configuration.json", "is no configuration of a graph of layers (Could not resolve");
    assertThat(System.getProperty(SPRUNG)).isNull();
  }

  @Test
  void aJavaObjectIsNeverDeserialised() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(new SerialisedTrap());
    }
    entries.put("preprocessor.bin", bytes.toByteArray());
    entries.put("normalizer.bin", bytes.toByteArray());

    assertThat(read().network().numParams()).isPositive();
    assertThat(System.getProperty(SPRUNG)).isNull();
  }

  @Test
  void evolvedWeightsOfAnotherLengthAreRefused() throws IOException {
    entries = entriesOf(TinyNetworks.evolving());
    entries.put("evolvedCoefficients.bin", entries.get("coefficients.bin"));

    assertRefused("evolvedCoefficients.bin", "has more than ");
  }

  @Test
  void evolvedWeightsAreTakenFromTheFile() throws IOException {
    entries = entriesOf(TinyNetworks.evolving());
    byte[] array = entries.get("evolvedCoefficients.bin");
    ByteBuffer.wrap(array).putFloat(array.length - Float.BYTES, 42);

    INDArray parameters = read().predictor().params();

    assertThat(parameters.getFloat(parameters.length() - 1)).isEqualTo(42);
  }

  @Test
  void aLengthThatIsOnlyPromisedIsRefused() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeUTF("MIXED_DATA_TYPES");
    out.writeLong(6);
    out.writeUTF("LONG");
    for (long value : new long[] {1, 1L << 40, 1, 8192, 1, 'c'}) {
      out.writeLong(value);
    }
    out.writeUTF("MIXED_DATA_TYPES");
    out.writeLong(1L << 40);
    out.writeUTF("FLOAT");
    entries.put("coefficients.bin", padded(bytes.toByteArray()));

    assertRefused("coefficients.bin", "is not one row of 65 numbers of type FLOAT");
  }

  @Test
  void aBufferOfAnotherLengthThanItsArrayIsRefused() throws IOException {
    byte[] array = honest.get("coefficients.bin").clone();
    // the second header's length
    ByteBuffer.wrap(array).putLong(array.length - 4 * 65 - 7 - 8, 1L << 40);
    entries.put("coefficients.bin", array);

    assertRefused("coefficients.bin", "is not one row of 65 numbers of type FLOAT");
  }

  @Test
  void stridesThatLeadOutOfTheArrayAreRefused() throws IOException {
    byte[] array = honest.get("coefficients.bin").clone();
    int description = 2 + 16 + 8 + 2 + 4;
    ByteBuffer.wrap(array).putLong(description + 2 * Long.BYTES, 1_000_000);
    entries.put("coefficients.bin", array);

    assertRefused("coefficients.bin", "is not one row of 65 numbers of type FLOAT");
  }

  @Test
  void anotherNumberOfParametersIsRefused() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Nd4j.write(Nd4j.zeros(DataType.FLOAT, 64), new DataOutputStream(bytes));
    entries.put("coefficients.bin", bytes.toByteArray());

    assertRefused("coefficients.bin", "has 369 bytes, but one row of 65 numbers of type FLOAT");
  }

  @Test
  void aBombIsNotUnpacked() throws IOException {
    entries.put("coefficients.bin", new byte[50_000_000]);

    assertRefused("coefficients.bin", "has more than 373 bytes");
  }

  @Test
  void aHugeConfigurationIsRefused() throws IOException {
    byte[] spaces = new byte[(1 << 24) + 1];
    Arrays.fill(spaces, (byte) ' ');
    entries.put("configuration.json", spaces);

    assertRefused("configuration.json", "is longer than 16777216 bytes");
  }

  @Test
  void aDeepConfigurationIsRefused() throws IOException {
    entries.put("configuration.json", "[".repeat(1_000_000).getBytes(StandardCharsets.UTF_8));

    assertRefused("configuration.json", "is nested deeper than 64 levels");
  }

  @Test
  void aConfigurationThatAsksForMoreThanThereCanBeIsRefused() throws IOException {
    replace("configuration.json", "\"nout\" : 2", "\"nout\" : 4611686018427387904");

    assertThatThrownBy(this::read)
        .isInstanceOf(JobFailure.class)
        .hasMessageContaining("model.zip is refused: its entry ");
  }

  @Test
  void otherJsonIsRefused() throws IOException {
    entries.put("configuration.json", "{}".getBytes(StandardCharsets.UTF_8));

    assertRefused("configuration.json", "is no configuration of a graph of layers");
  }

  @ParameterizedTest
  @ValueSource(strings = {"configuration.json", "coefficients.bin"})
  void aMissingEntryIsNamed(String entry) throws IOException {
    entries.remove(entry);

    assertRefused(entry, "is missing");
  }

  @Test
  void aDescriptionWithNonsenseIsRefused() throws IOException {
    replace("anode-spark.json", "\"height\" : 4", "\"height\" : 0");

    assertRefused("anode-spark.json", "height is 0, expected 1 to 16384");
  }

  @Test
  void aDescriptionOfAnotherReleaseIsRefused() throws IOException {
    replace("anode-spark.json", "\"format_version\" : 1", "\"format_version\" : 2");

    assertRefused("anode-spark.json", "format_version is 2, expected 1");
  }

  @Test
  void aDescriptionThatDoesNotFitTheNetworkIsRefused() throws IOException {
    replace("anode-spark.json", "\"circle\", ", "");

    write();
    assertThatThrownBy(
            () -> ModelFile.read("m", file.toString(), List.of(), new Configuration()).examples())
        .isInstanceOf(JobFailure.class)
        .hasMessageContaining("names 2 classes, but the network has 3 outputs");
  }

  @Test
  void aTruncatedFileIsRefused() throws IOException {
    write();
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));

    assertThatThrownBy(() -> ModelFile.read("m", file.toString(), List.of(), new Configuration()))
        .isInstanceOfSatisfying(
            JobFailure.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.BAD_CONFIGURATION))
        .hasMessageStartingWith("The model file:" + file + " is not a zip file, or is damaged");
  }

  @Test
  void whereThereIsNoModelTheSettingIsNamed() {
    assertThatThrownBy(
            () ->
                ModelFile.read("evaluate.model", folder.toString(), List.of(), new Configuration()))
        .isInstanceOf(JobFailure.class)
        .hasMessageStartingWith("evaluate.model is " + folder + ", where there is no model:");
    assertThatThrownBy(() -> ModelFile.read("evaluate.model", "", List.of(), new Configuration()))
        .isInstanceOf(JobFailure.class)
        .hasMessageStartingWith("evaluate.model is empty: expected ");
  }

  private void assertRefused(String entry, String complaint) {
    assertThatThrownBy(this::read)
        .isInstanceOfSatisfying(
            JobFailure.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.BAD_CONFIGURATION))
        .hasMessageStartingWith(
            "The model file:%s is refused: its entry %s ".formatted(file, entry))
        .hasMessageContaining(complaint);
  }

  private SavedModel read() throws IOException {
    write();
    return ModelFile.read("evaluate.model", file.toString(), List.of(), new Configuration());
  }

  private void write() throws IOException {
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        zip.putNextEntry(new ZipEntry(entry.getKey()));
        zip.write(entry.getValue());
      }
    }
  }

  private void replace(String entry, String text, String by) {
    String before = new String(honest.get(entry), StandardCharsets.UTF_8);
    assertThat(before).contains(text);
    entries.put(entry, before.replace(text, by).getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] padded(byte[] bytes) {
    return Arrays.copyOf(bytes, honest.get("coefficients.bin").length);
  }
}
