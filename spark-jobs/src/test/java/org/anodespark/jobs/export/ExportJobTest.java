/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.anodespark.jobs.config.ExportSettings;
import org.anodespark.jobs.config.Settings;
import org.anodespark.jobs.failure.ExitCode;
import org.anodespark.jobs.failure.JobFailure;
import org.anodespark.jobs.model.ModelFile;
import org.anodespark.jobs.testing.TestContexts;
import org.anodespark.jobs.testing.TestSettings;
import org.anodespark.jobs.testing.TinyData;
import org.anodespark.jobs.testing.TinyImages;
import org.anodespark.jobs.testing.TinyNetworks;
import org.anodespark.odelayers.EvolvedWeights;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;

class ExportJobTest {
  private static final Path PYTHON = Path.of("/usr/bin/python3");

  @TempDir Path folder;

  @Test
  void everyParameterIsAnArrayOfItsName() throws IOException {
    ComputationGraph network = TinyNetworks.ode(new Adam(0.01), DataType.FLOAT);
    export(network, "npz");

    Map<String, INDArray> arrays = arrays();

    assertThat(arrays.keySet())
        .containsExactlyInAnyOrder(
            "hidden/W",
            "hidden/b",
            "ode/0.W",
            "ode/0.b",
            "ode/1.W",
            "ode/1.b",
            "output/W",
            "output/b");
    assertThat(arrays.get("ode/0.W")).isEqualTo(network.getLayer("ode").getParam("0.W"));
    assertThat(arrays.get("hidden/W")).isEqualTo(network.getLayer("hidden").getParam("W"));
  }

  @Test
  void aConvolutionsWeightsAreOutputsInputsRowsAndColumns() throws IOException {
    ComputationGraph network = TinyNetworks.images();
    export(network, "npz");

    assertThat(arrays().get("stem/W").shape()).containsExactly(2, 3, 3, 3);
    assertThat(arrays().get("stem/W")).isEqualTo(network.getLayer("stem").getParam("W"));
  }

  @Test
  void weightsThatEvolveBeforeTheStateDoesAreThoseThatPredict() throws IOException {
    ComputationGraph network = TinyNetworks.evolving();
    network.getLayer("ode").getParam("0.diffusion").assign(0.3);
    export(network, "npz");

    Map<String, INDArray> arrays = arrays();

    INDArray evolved = EvolvedWeights.of(network).orElseThrow().getLayer("ode").getParam("0.W");
    assertThat(evolved).isNotEqualTo(network.getLayer("ode").getParam("0.W"));
    assertThat(arrays.get("ode/0.W")).isEqualTo(evolved);
    assertThat(arrays).doesNotContainKey("ode/0.diffusion");
  }

  @Test
  void besideTheArraysStandsWhatTheyBelongTo() throws IOException {
    export(TinyNetworks.images(), "npz");

    JsonNode content = new ObjectMapper().readTree(folder.resolve("model.npz.json").toFile());

    assertThat(content.get("examples").get("classes")).hasSize(3);
    assertThat(content.get("examples").get("mean").get(1).asDouble()).isEqualTo(0.25);
    assertThat(content.get("layers").findValuesAsText("name"))
        .containsExactly("stem", "pool", "output");
    assertThat(content.get("layers").get(0).get("parameters").get("W").toString())
        .isEqualTo("[2,3,3,3]");
  }

  @Test
  void numPyReadsTheSameNumbers() throws Exception {
    assumeThat(python("import numpy")).as("NumPy").isNotNull();
    ComputationGraph network = TinyNetworks.images();
    network.setParams(Nd4j.linspace(DataType.FLOAT, -1, 0.01, network.numParams()));
    export(network, "npz");

    List<String> printed =
        python(
            """
            import numpy, sys
            archive = numpy.load(sys.argv[1])
            for name in ('stem/W', 'output/W'):
              a = archive[name]
              print(name, a.dtype, a.flags['C_CONTIGUOUS'], *a.shape)
              print(*[repr(float(x)) for x in a.ravel()])
            """);

    assertThat(printed)
        .containsExactly(
            "stem/W float32 True 2 3 3 3",
            numbers(network.getLayer("stem").getParam("W")),
            "output/W float32 True 2 3",
            numbers(network.getLayer("output").getParam("W")));
  }

  @Test
  void aZipForDeeplearning4jHasNoUpdaterState() throws IOException {
    ComputationGraph network = TinyNetworks.ode(new Adam(0.01), DataType.FLOAT);
    network.fit(TinyData.of(List.of(1, 2, 3)));
    export(network, "dl4j");

    Path exported = folder.resolve("model.npz");
    ComputationGraph restored = ModelSerializer.restoreComputationGraph(exported.toFile(), true);
    assertThat(restored.params()).isEqualTo(network.params());
    assertThat(Files.size(exported)).isLessThan(Files.size(folder.resolve("trained.zip")));
  }

  @Test
  void nothingIsOverwritten() throws IOException {
    Files.writeString(folder.resolve("model.npz.json"), "{}");

    assertThatThrownBy(() -> export(TinyNetworks.images(), "npz"))
        .isInstanceOfSatisfying(
            JobFailure.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.BAD_CONFIGURATION))
        .hasMessageContaining("model.npz.json is there already");
    assertThat(folder.resolve("run")).doesNotExist();
    assertThat(folder.resolve("model.npz")).doesNotExist();
  }

  @Test
  void lessMemoryThanIsNeededIsRefusedBeforeAnythingIsWritten() {
    assertThatThrownBy(() -> export(TinyNetworks.ode(new Adam(0.01), DataType.FLOAT), "npz", 1))
        .isInstanceOf(JobFailure.class)
        .hasMessage(
            "spark.native-mebibytes is 1: expected at least 9, which the driver needs to hold the"
                + " network of export.model; set it to that.");
    assertThat(folder.resolve("run")).doesNotExist();
  }

  private void export(ComputationGraph network, String format) throws IOException {
    export(network, format, 512);
  }

  private void export(ComputationGraph network, String format, int nativeMebibytes)
      throws IOException {
    Path model = folder.resolve("trained.zip");
    try (var file = Files.newOutputStream(model)) {
      ModelFile.write(network, Optional.of(TinyImages.DESCRIPTION), true, file);
    }
    Settings settings =
        TestSettings.withNativeMebibytes(
            TestSettings.in(folder.resolve("run").toString()), nativeMebibytes);
    new ExportJob()
        .run(
            TestContexts.of(
                TestSettings.with(
                    settings,
                    settings.predict(),
                    new ExportSettings(
                        model.toString(), folder.resolve("model.npz").toString(), format)),
                null,
                new ByteArrayOutputStream()));
  }

  private Map<String, INDArray> arrays() throws IOException {
    Map<String, INDArray> arrays = new TreeMap<>();
    try (ZipInputStream zip =
        new ZipInputStream(Files.newInputStream(folder.resolve("model.npz")))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        assertThat(entry.getName()).endsWith(".npy");
        arrays.put(
            entry.getName().substring(0, entry.getName().length() - ".npy".length()),
            Nd4j.createNpyFromByteArray(zip.readAllBytes()));
      }
    }
    return arrays;
  }

  /** As Python prints the same numbers. */
  private static String numbers(INDArray array) {
    List<String> numbers = new ArrayList<>();
    for (float number : array.dup('c').data().asFloat()) {
      numbers.add(Double.toString((double) number));
    }
    return String.join(" ", numbers);
  }

  /** The lines that a program prints, or null if it fails. */
  private List<String> python(String program) throws IOException, InterruptedException {
    if (!Files.isExecutable(PYTHON)) {
      return null;
    }
    Path printed = folder.resolve("printed");
    Process process =
        new ProcessBuilder(PYTHON.toString(), "-c", program, folder.resolve("model.npz").toString())
            .redirectOutput(printed.toFile())
            .redirectErrorStream(true)
            .start();
    assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
    return process.exitValue() == 0 ? Files.readAllLines(printed) : null;
  }
}
