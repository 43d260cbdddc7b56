/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.anodespark.jobs.config.PredictSettings;
import org.anodespark.jobs.config.Settings;
import org.anodespark.jobs.data.Manifest;
import org.anodespark.jobs.data.Preparation;
import org.anodespark.jobs.failure.ExitCode;
import org.anodespark.jobs.failure.JobFailure;
import org.anodespark.jobs.model.ExampleFormat;
import org.anodespark.jobs.model.ModelDescription;
import org.anodespark.jobs.model.ModelFile;
import org.anodespark.jobs.testing.LocalSpark;
import org.anodespark.jobs.testing.TestContexts;
import org.anodespark.jobs.testing.TestSettings;
import org.anodespark.jobs.testing.TinyImages;
import org.anodespark.jobs.testing.TinyNetworks;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class PredictJobTest {
  private static final int IMAGES = 7;

  private static JavaSparkContext spark;

  @TempDir Path folder;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ComputationGraph network = TinyNetworks.images();

  @BeforeAll
  static void startSpark() {
    spark = LocalSpark.start("local[2]");
  }

  @AfterAll
  static void stopSpark() {
    spark.close();
  }

  @BeforeEach
  void writeModelAndImages() throws IOException {
    write(network, TinyImages.FORMAT);
    Files.createDirectory(folder.resolve("images"));
    for (int i = 0; i < IMAGES; i++) {
      ImageIO.write(image(i), "png", file(i).toFile());
    }
  }

  @Test
  void theLinesAreInTheOrderOfTheNames() throws IOException {
    predict(settings("jsonl", 3, false, false));

    assertThat(lines("jsonl").stream().map(line -> json(line).get("image").asText()))
        .containsExactlyElementsOf(
            Stream.iterate(0, i -> i + 1).limit(IMAGES).map(i -> "file:" + file(i)).toList());
  }

  @Test
  void theProbabilitiesAreThoseOfTheNormalisedImage() throws IOException {
    predict(settings("jsonl", 3, false, false));

    for (int i = 0; i < IMAGES; i++) {
      float[] expected = network.outputSingle(normalised(image(i))).toFloatVector();
      JsonNode found = json(lines("jsonl").get(i)).get("probabilities");
      for (int which = 0; which < expected.length; which++) {
        assertThat(found.get(TinyImages.FORMAT.classes().get(which)).floatValue())
            .isCloseTo(expected[which], within(1e-6f));
      }
    }
  }

  @Test
  void valuesSeparatedByCommasHaveOneHeaderInAllParts() throws IOException {
    predict(settings("csv", 3, false, false));

    List<String> lines = lines("csv");
    assertThat(lines).hasSize(1 + IMAGES);
    assertThat(lines.get(0)).startsWith("image,class,probability,circle,square,");
    assertThat(lines.subList(1, lines.size())).allMatch(line -> line.startsWith("file:"));
    assertThat(parts()).hasSizeGreaterThan(1);
  }

  @Test
  void filesThatAreNoImagesAreListedAndLeftOut() throws IOException {
    Files.writeString(folder.resolve("images/3-notes.txt"), "not an image");
    Files.write(folder.resolve("images/broken.png"), new byte[] {1, 2, 3});
    Files.writeString(folder.resolve("images/.hidden"), "not looked at");

    predict(settings("jsonl", 3, false, false));

    assertThat(lines("jsonl")).hasSize(IMAGES);
    assertThat(Files.readAllLines(folder.resolve("run/unreadable.jsonl")))
        .containsExactly(
            "{\"file\":\"file:%s/images/3-notes.txt\",\"reason\":\"is neither PNG nor JPEG\"}"
                .formatted(folder),
            "{\"file\":\"file:%s/images/broken.png\",\"reason\":\"is neither PNG nor JPEG\"}"
                .formatted(folder));
    assertThat(summary().get("images").asInt()).isEqualTo(IMAGES);
    assertThat(summary().get("unreadable").asInt()).isEqualTo(2);
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("7 images are classified in")
        .contains("2 files are left out")
        .contains("3-notes.txt is neither PNG nor JPEG");
  }

  @Test
  void strictlyTheyEndTheJobWithoutOutput() throws IOException {
    Files.writeString(folder.resolve("images/3-notes.txt"), "not an image");

    assertRefused(
        settings("jsonl", 3, false, true),
        "1 of 8 files in predict.input are no images, the first of them file:" + folder);
    assertThat(folder.resolve("out")).doesNotExist();
    assertThat(summary().get("status").asText()).isEqualTo("failed");
  }

  @Test
  void withoutAnyImageTheJobFails() throws IOException {
    for (int i = 0; i < IMAGES; i++) {
      Files.writeString(file(i), "not an image");
    }

    assertRefused(settings("jsonl", 3, false, false), "7 of 7 files in predict.input are no");
    assertThat(folder.resolve("out")).doesNotExist();
  }

  @Test
  void anImageOfAnotherSizeEndsTheJob() throws IOException {
    ImageIO.write(new BufferedImage(9, 9, BufferedImage.TYPE_INT_RGB), "png", file(2).toFile());

    assertRefused(
        settings("jsonl", 3, false, false),
        "The image file:" + file(2) + " has 9x9 pixels, but the network takes 4x5;");
    assertThat(folder.resolve("out")).doesNotExist();
    assertThat(folder.toFile().list((parent, name) -> name.startsWith(".out"))).isEmpty();
  }

  @Test
  void unlessAllAreResized() throws IOException {
    ImageIO.write(new BufferedImage(9, 9, BufferedImage.TYPE_INT_RGB), "png", file(2).toFile());

    predict(settings("jsonl", 3, true, false));

    assertThat(lines("jsonl")).hasSize(IMAGES);
  }

  @Test
  void aPatternStandsForTheFilesThatMatch() throws IOException {
    predict(with(settings("jsonl", 3, false, false), folder.resolve("images/*[13].png")));

    assertThat(lines("jsonl")).hasSize(2);
  }

  @Test
  void oneFileIsEnough() throws IOException {
    predict(with(settings("jsonl", 3, false, false), file(5)));

    assertThat(lines("jsonl")).singleElement().asString().contains("image-5.png");
  }

  @Test
  void shardsAreReadAsTheyAre() throws IOException {
    Settings data = TestSettings.in("", folder.resolve("shards").toString(), 1);
    Manifest manifest = new Preparation(new Configuration(), line -> {}).prepare(data.data(), 7);
    ExampleFormat format = manifest.exampleFormat("fine");
    write(TinyNetworks.images(format), format);

    predict(with(settings("jsonl", 16, false, false), folder.resolve("shards")));

    List<String> lines = lines("jsonl");
    assertThat(lines).hasSize(60);
    assertThat(json(lines.get(0)).get("image").asText()).isEqualTo("test-00000.bin#0");
    assertThat(json(lines.get(59)).get("image").asText()).isEqualTo("test-00000.bin#59");
  }

  @Test
  void nothingIsOverwritten() throws IOException {
    Files.createDirectory(folder.resolve("out"));
    Files.writeString(folder.resolve("out/thesis.tex"), "years of work");

    assertRefused(
        settings("jsonl", 3, false, false),
        "predict.output file:" + folder.resolve("out") + " already holds thesis.tex");
    assertThat(folder.resolve("run")).doesNotExist();
  }

  @Test
  void anEmptyInputIsRefused() throws IOException {
    Path empty = Files.createDirectory(folder.resolve("empty"));

    assertRefused(with(settings("jsonl", 3, false, false), empty), "where there are no files");
    assertThat(folder.resolve("run")).doesNotExist();
  }

  @Test
  void lessMemoryThanIsNeededIsRefusedBeforeAnythingIsWritten() {
    assertRefused(
        TestSettings.withNativeMebibytes(settings("jsonl", 16, false, false), 1),
        "predict.batch-size = 16; set it to that, or predict.batch-size lower.");
    assertThat(folder.resolve("run")).doesNotExist();
    assertThat(folder.resolve("out")).doesNotExist();
  }

  private void assertRefused(Settings settings, String start) {
    assertThatThrownBy(() -> predict(settings))
        .isInstanceOfSatisfying(
            JobFailure.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.BAD_CONFIGURATION))
        .hasMessageContaining(start);
  }

  private void predict(Settings settings) {
    new PredictJob().run(TestContexts.of(settings, spark, out));
  }

  private Settings settings(String format, int batchSize, boolean resize, boolean strict) {
    Settings settings = TestSettings.in(folder.resolve("run").toString());
    return TestSettings.with(
        settings,
        new PredictSettings(
            folder.resolve("model.zip").toString(),
            folder.resolve("images").toString(),
            "test",
            folder.resolve("out").toString(),
            format,
            0,
            batchSize,
            resize,
            strict),
        settings.export());
  }

  private static Settings with(Settings settings, Path input) {
    PredictSettings predict = settings.predict();
    return TestSettings.with(
        settings,
        new PredictSettings(
            predict.model(),
            input.toString(),
            predict.split(),
            predict.output(),
            predict.format(),
            predict.topK(),
            predict.batchSize(),
            predict.resize(),
            predict.strict()),
        settings.export());
  }

  private void write(ComputationGraph model, ExampleFormat format) throws IOException {
    try (var file = Files.newOutputStream(folder.resolve("model.zip"))) {
      ModelFile.write(model, Optional.of(new ModelDescription("tiny", "0", format)), false, file);
    }
  }

  private Path file(int i) {
    return folder.resolve("images/image-" + i + ".png");
  }

  private static BufferedImage image(int seed) {
    Random random = new Random(seed);
    BufferedImage image =
        new BufferedImage(TinyImages.WIDTH, TinyImages.HEIGHT, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < TinyImages.HEIGHT; y++) {
      for (int x = 0; x < TinyImages.WIDTH; x++) {
        image.setRGB(x, y, random.nextInt(1 << 24));
      }
    }
    return image;
  }

  /** By the formula of {@link ExampleFormat}. */
  private static INDArray normalised(BufferedImage image) {
    ExampleFormat format = TinyImages.FORMAT;
    INDArray input = Nd4j.create(DataType.FLOAT, 1, TinyImages.HEIGHT, TinyImages.WIDTH, 3);
    for (int y = 0; y < TinyImages.HEIGHT; y++) {
      for (int x = 0; x < TinyImages.WIDTH; x++) {
        for (int channel = 0; channel < 3; channel++) {
          double value = (image.getRGB(x, y) >> (8 * (2 - channel)) & 0xFF) / 255.0;
          input.putScalar(
              new int[] {0, y, x, channel},
              (value - format.mean().get(channel)) / format.standardDeviation().get(channel));
        }
      }
    }
    return input;
  }

  private List<Path> parts() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("out"))) {
      return files.filter(file -> !file.toString().endsWith(".crc")).sorted().toList();
    }
  }

  /** Of all parts, one after another. */
  private List<String> lines(String suffix) throws IOException {
    List<String> lines = new ArrayList<>();
    for (Path part : parts()) {
      assertThat(part.getFileName().toString()).matches("part-\\d{5}\\." + suffix);
      lines.addAll(Files.readAllLines(part));
    }
    return lines;
  }

  private static JsonNode json(String line) {
    try {
      return new ObjectMapper().readTree(line);
    } catch (IOException e) {
      throw new AssertionError(line, e);
    }
  }

  private JsonNode summary() throws IOException {
    return new ObjectMapper().readTree(folder.resolve("run/summary.json").toFile());
  }
}
