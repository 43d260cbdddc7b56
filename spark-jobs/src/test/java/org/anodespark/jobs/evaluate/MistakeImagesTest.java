/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.anodespark.jobs.config.EvaluateSettings;
import org.anodespark.jobs.config.Settings;
import org.anodespark.jobs.data.Manifest;
import org.anodespark.jobs.data.Preparation;
import org.anodespark.jobs.data.RawImages;
import org.anodespark.jobs.model.ModelDescription;
import org.anodespark.jobs.model.ModelFile;
import org.anodespark.jobs.testing.LocalSpark;
import org.anodespark.jobs.testing.TestContexts;
import org.anodespark.jobs.testing.TestSettings;
import org.anodespark.jobs.testing.TinyNetworks;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the job {@code evaluate} leaves of the mistakes of a network that has learned nothing. */
class MistakeImagesTest {
  @TempDir static Path folder;
  private static Manifest manifest;

  @BeforeAll
  static void evaluateWithOneTaskAndWithThree() throws IOException {
    Settings settings = TestSettings.in("", folder.resolve("data").toString(), 1);
    manifest = new Preparation(new Configuration(), line -> {}).prepare(settings.data(), 7);
    try (var file = Files.newOutputStream(folder.resolve("model.zip"))) {
      ModelFile.write(
          TinyNetworks.images(manifest.exampleFormat("fine")),
          Optional.of(new ModelDescription("shapes", "0", manifest.exampleFormat("fine"))),
          false,
          file);
    }
    evaluate("one", 1);
    evaluate("three", 3);
  }

  @Test
  void theNumberOfTasksMakesNoDifference() throws IOException {
    for (String file : List.of("evaluation.json", "mistakes.json")) {
      assertThat(folder.resolve("three").resolve(file))
          .hasSameBinaryContentAs(folder.resolve("one").resolve(file));
    }
  }

  @Test
  void theImagesHaveThePixelsOfTheShards() throws IOException {
    JsonNode images = json("one/mistakes.json").get("images");
    int compared = 0;
    for (JsonNode mistake : json("one/evaluation.json").get("mistakes")) {
      for (JsonNode example : mistake.get("examples")) {
        byte[] png = images.get(example.get("example").asText()).binaryValue();
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(png));
        byte[] shard =
            Files.readAllBytes(folder.resolve("data").resolve(example.get("shard").asText()));
        int record = example.get("record").asInt() * manifest.layout().recordBytes();
        String label = manifest.layout().labels().get(0).classes().get(shard[record]);
        assertThat(label).isEqualTo(mistake.get("actual").asText());
        for (int y = 0; y < 32; y++) {
          for (int x = 0; x < 32; x++) {
            int pixel = record + 1 + y * 32 + x;
            int rgb =
                ((shard[pixel] & 0xFF) << 16)
                    | ((shard[pixel + 1024] & 0xFF) << 8)
                    | (shard[pixel + 2048] & 0xFF);
            assertThat(image.getRGB(x, y) & 0xFFFFFF).isEqualTo(rgb);
          }
        }
        compared++;
      }
    }
    assertThat(compared).isEqualTo(images.size()).isGreaterThan(10);
  }

  @Test
  void thePageHasThemAll() throws IOException {
    String page = Files.readString(folder.resolve("one/report.html"));
    JsonNode images = json("one/mistakes.json").get("images");

    assertThat(Pattern.compile("<img ").matcher(page).results()).hasSize(images.size());
    images.forEach(
        image -> assertThat(page).contains("data:image/png;base64," + image.asText() + "\""));
  }

  @Test
  void nothingIsReadWhenThereWasNoMistake() {
    double[][] right = {{1, 0}, {0, 1}};
    RawImages none =
        examples -> {
          throw new IOException("asked for " + examples);
        };

    assertThat(
            MistakeImages.read(null, none, Classification.of(List.of(Outcomes.of(right, right)))))
        .isEmpty();
  }

  private static void evaluate(String run, int tasks) {
    Settings settings =
        TestSettings.with(
            TestSettings.in(folder.resolve(run).toString(), folder.resolve("data").toString(), 1),
            new EvaluateSettings(7, folder.resolve("model.zip").toString(), "test", 2));
    try (JavaSparkContext spark = LocalSpark.start("local[" + tasks + "]")) {
      new EvaluateJob()
          .run(
              TestContexts.of(
                  "evaluate", settings, new Configuration(), spark, new ByteArrayOutputStream()));
    }
  }

  private static JsonNode json(String file) throws IOException {
    return new ObjectMapper().readTree(folder.resolve(file).toFile());
  }
}
