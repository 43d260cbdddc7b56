/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.anodespark.jobs.failure.JobFailure;
import org.anodespark.jobs.files.Sha256;
import org.apache.hadoop.conf.Configuration;
import org.deeplearning4j.spark.iterator.PathSparkDataSetIterator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

class ShardDataSetLoaderTest {
  private static final List<Integer> ALL = IntStream.range(0, CifarFiles.TRAIN_10).boxed().toList();

  @TempDir Path temp;

  private final Configuration hadoop = new Configuration();
  private Path data;
  private Manifest manifest;

  @BeforeEach
  void prepare() throws IOException {
    data = temp.resolve("data set");
    manifest =
        new Preparation(hadoop, line -> {})
            .prepare(CifarFiles.settings(CifarFiles.writeCifar10(temp.resolve("cifar")), data), 1);
  }

  private ShardDataSetLoader loader(int cacheMebibytes, Augmentation augmentation) {
    return new ShardDataSetLoader(
        manifest,
        new org.apache.hadoop.fs.Path(data.toUri()),
        "fine",
        cacheMebibytes,
        augmentation,
        hadoop);
  }

  private static MinibatchDescriptor train(long seed, List<Integer> examples) {
    return new MinibatchDescriptor(SplitName.TRAIN, seed, examples);
  }

  private float normalised(int pixel, int channel) {
    return (float)
        ((pixel / 255.0 - manifest.mean().get(channel))
            / manifest.standardDeviation().get(channel));
  }

  @Test
  void labelsOfTrainImagesMayBeSmoothed() throws IOException {
    INDArray plain = loader(64, Augmentation.NONE).load(train(3, ALL)).getLabels();
    INDArray smooth = loader(64, new Augmentation(false, 0, 0.2)).load(train(3, ALL)).getLabels();

    double share = 0.2 / plain.size(1);
    assertThat(smooth.data().asDouble())
        .containsExactly(plain.mul(0.8).add(share).data().asDouble(), within(1e-6));
    assertThat(smooth.sum(1).data().asDouble()).containsOnly(new double[] {1}, within(1e-6));
  }

  @Test
  void pixelIsNormalisedByItsChannel() throws IOException {
    INDArray features = loader(64, Augmentation.NONE).load(train(0, List.of(9, 2))).getFeatures();

    // Record 2, blue (plane 2), row 3, column 4: byte (31·2 + 7·(2·1024 + 3·32 + 4)) mod 256.
    int pixel = (31 * 2 + 7 * (2 * 1024 + 3 * 32 + 4)) % 256;
    assertThat(pixel).isEqualTo(250);
    assertThat(features.getFloat(1, 3, 4, 2)).isEqualTo(normalised(250, 2));
  }

  @Test
  void featuresAreFloatsWithChannelsLastInRowMajorOrder() throws IOException {
    DataSet dataSet = loader(64, Augmentation.NONE).load(train(0, List.of(9, 2)));

    assertThat(dataSet.getFeatures().shape()).containsExactly(2, 32, 32, 3);
    assertThat(dataSet.getFeatures().dataType()).isEqualTo(DataType.FLOAT);
    assertThat(dataSet.getFeatures().ordering()).isEqualTo('c');
    assertThat(dataSet.getFeatures().stride()).containsExactly(3072, 96, 3, 1);
  }

  @Test
  void labelsAreOneHotFloats() throws IOException {
    INDArray labels = loader(64, Augmentation.NONE).load(train(0, List.of(9, 2))).getLabels();

    assertThat(labels.dataType()).isEqualTo(DataType.FLOAT);
    INDArray expected = Nd4j.zeros(DataType.FLOAT, 2, 10);
    expected.putScalar(0, CifarFiles.label10(9), 1);
    expected.putScalar(1, CifarFiles.label10(2), 1);
    assertThat(labels).isEqualTo(expected);
  }

  @Test
  void equalDescriptorsGiveEqualMinibatches() throws IOException {
    ShardDataSetLoader loader = loader(64, new Augmentation(true, 4));
    assertThat(loader.load(train(7, ALL))).isEqualTo(loader.load(train(7, ALL)));
  }

  @Test
  void otherSeedGivesOtherAugmentation() throws IOException {
    ShardDataSetLoader loader = loader(64, new Augmentation(true, 4));
    assertThat(loader.load(train(7, ALL)).getFeatures())
        .isNotEqualTo(loader.load(train(8, ALL)).getFeatures());
  }

  @Test
  void withoutAugmentationTheSeedDoesNotMatter() throws IOException {
    ShardDataSetLoader loader = loader(64, Augmentation.NONE);
    assertThat(loader.load(train(7, ALL))).isEqualTo(loader.load(train(8, ALL)));
  }

  @Test
  void testImagesAreNotAugmented() throws IOException {
    MinibatchDescriptor minibatch = new MinibatchDescriptor(SplitName.TEST, 7, List.of(0, 1, 2, 3));
    assertThat(loader(64, new Augmentation(true, 4)).load(minibatch))
        .isEqualTo(loader(64, Augmentation.NONE).load(minibatch));
  }

  @Test
  void flippedImageIsTheImageOrItsMirrorImage() throws IOException {
    INDArray plain = loader(64, Augmentation.NONE).load(train(0, ALL)).getFeatures();
    INDArray flipped = loader(64, new Augmentation(true, 0)).load(train(3, ALL)).getFeatures();

    int mirrored = 0;
    for (int n = 0; n < ALL.size(); n++) {
      if (flipped.slice(n).equals(byHand(plain.slice(n), 0, 0, true))) {
        mirrored++;
      } else {
        assertThat(flipped.slice(n)).isEqualTo(plain.slice(n));
      }
    }
    assertThat(mirrored).isBetween(1, ALL.size() - 1);
  }

  @Test
  void shiftedImageHasTheMeanColourWhereNothingCameIn() throws IOException {
    int padding = 4;
    INDArray plain = loader(64, Augmentation.NONE).load(train(0, ALL)).getFeatures();
    INDArray shifted =
        loader(64, new Augmentation(true, padding)).load(train(5, ALL)).getFeatures();

    // The draws of the class comment: per image down, right, mirror.
    SplittableRandom random = new SplittableRandom(5);
    for (int n = 0; n < ALL.size(); n++) {
      int down = random.nextInt(-padding, padding + 1);
      int right = random.nextInt(-padding, padding + 1);
      boolean mirror = random.nextInt(2) == 1;
      assertThat(shifted.slice(n))
          .as("image %d moved by %d, %d, mirrored: %s", n, down, right, mirror)
          .isEqualTo(byHand(plain.slice(n), down, right, mirror));
    }
  }

  /** Pixel (y, x) comes from (y + down, x + right); then columns are reversed. [H, W, C]. */
  private static INDArray byHand(INDArray image, int down, int right, boolean mirror) {
    INDArray result = Nd4j.zeros(DataType.FLOAT, 32, 32, 3);
    for (int y = 0; y < 32; y++) {
      for (int x = 0; x < 32; x++) {
        for (int c = 0; c < 3; c++) {
          int fromY = y + down;
          int fromX = x + right;
          if (fromY >= 0 && fromY < 32 && fromX >= 0 && fromX < 32) {
            result.putScalar(
                new int[] {y, mirror ? 31 - x : x, c}, image.getFloat(fromY, fromX, c));
          }
        }
      }
    }
    return result;
  }

  @Test
  void cacheMakesNoDifference() throws IOException {
    Augmentation augmentation = new Augmentation(true, 3);
    List<Integer> examples = List.of(14, 0, 7, 7, 3, 12);
    assertThat(loader(0, augmentation).load(train(1, examples)))
        .isEqualTo(loader(64, augmentation).load(train(1, examples)));
  }

  @Test
  void comesBackFromJavaSerialisation() throws Exception {
    ShardDataSetLoader loader = loader(64, new Augmentation(true, 4));
    DataSet expected = loader.load(train(7, ALL)); // also fills what is transient

    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(loader);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      assertThat(((ShardDataSetLoader) in.readObject()).load(train(7, ALL))).isEqualTo(expected);
    }
  }

  @Test
  void dl4jSparkTakesEncodedDescriptorsAsPaths() throws IOException {
    ShardDataSetLoader loader = loader(64, Augmentation.NONE);
    MinibatchDescriptor minibatch = train(-7, List.of(4, 2));
    PathSparkDataSetIterator iterator =
        new PathSparkDataSetIterator(List.of(minibatch.encode()), loader, null);
    assertThat(iterator.next()).isEqualTo(loader.load(minibatch));
  }

  @Test
  void exampleThatIsNotThereIsNamed() {
    assertThatThrownBy(() -> loader(64, Augmentation.NONE).load(train(0, List.of(15))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("example 15 of the train split, which has examples 0 to 14");
  }

  @Test
  void unknownLabelsAreRefused() throws IOException {
    Path folder = temp.resolve("data100");
    Manifest cifar100 =
        new Preparation(hadoop, line -> {})
            .prepare(
                CifarFiles.settings(CifarFiles.writeCifar100(temp.resolve("cifar100")), folder), 1);
    assertThatThrownBy(
            () ->
                new ShardDataSetLoader(
                    cifar100,
                    new org.apache.hadoop.fs.Path(folder.toUri()),
                    "finest",
                    64,
                    Augmentation.NONE,
                    hadoop))
        .isInstanceOf(JobFailure.class)
        .hasMessage(
            "data.labels is \"finest\", but the labels of this data set are: coarse, fine.");
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 32})
  void shiftOutOfSightIsRefused(int padding) {
    assertThatThrownBy(() -> loader(64, new Augmentation(false, padding)))
        .isInstanceOf(JobFailure.class)
        .hasMessageStartingWith("data.augment.crop-padding is " + padding + ", expected 0");
  }

  /** Changes a byte of the second shard behind the file system's back. */
  private void damage(int record, int offset, int value, boolean localChecksum) throws IOException {
    Path shard = data.resolve("train-00001.bin");
    byte[] bytes = Files.readAllBytes(shard);
    bytes[record * 3073 + offset] = (byte) value;
    Files.write(shard, bytes);
    if (!localChecksum) {
      Files.delete(data.resolve(".train-00001.bin.crc"));
    }
  }

  @Test
  void changedShardIsFoundByItsSha256() throws IOException {
    damage(2, 100, 1, false);
    String expected = manifest.train().shards().get(1).sha256();
    String found = Sha256.of(Files.readAllBytes(data.resolve("train-00001.bin")));
    assertThatThrownBy(() -> loader(64, Augmentation.NONE).load(train(0, List.of(8))))
        .isInstanceOf(JobFailure.class)
        .hasMessageContaining("train-00001.bin is damaged, in one or more of its records 0 to 5")
        .hasMessageContaining("its SHA-256 is " + found + ", expected " + expected);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 64})
  void changedShardIsFoundByTheFileSystemsChecksum(int cacheMebibytes) throws IOException {
    damage(2, 1000, 1, true);
    assertThatThrownBy(() -> loader(cacheMebibytes, Augmentation.NONE).load(train(0, List.of(8))))
        .isInstanceOf(JobFailure.class)
        .hasMessageContaining("train-00001.bin is damaged near record 2");
  }

  @Test
  void labelOutOfRangeNamesShardAndRecord() throws IOException {
    damage(2, 0, 77, false);
    assertThatThrownBy(() -> loader(0, Augmentation.NONE).load(train(0, List.of(0, 8))))
        .isInstanceOf(JobFailure.class)
        .hasMessageContaining("train-00001.bin: record 2 has label 77, expected 0 to 9");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 64})
  void missingShardIsNamed(int cacheMebibytes) throws IOException {
    Files.delete(data.resolve("train-00001.bin"));
    assertThatThrownBy(() -> loader(cacheMebibytes, Augmentation.NONE).load(train(0, List.of(8))))
        .isInstanceOf(JobFailure.class)
        .hasMessageContaining("train-00001.bin is missing, but the manifest lists it");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 64})
  void cutShardNamesTheRecordWhereItEnds(int cacheMebibytes) throws IOException {
    Path shard = data.resolve("train-00001.bin");
    Files.write(shard, Arrays.copyOf(Files.readAllBytes(shard), 3073 + 10));
    Files.delete(data.resolve(".train-00001.bin.crc"));
    assertThatThrownBy(() -> loader(cacheMebibytes, Augmentation.NONE).load(train(0, List.of(7))))
        .isInstanceOf(JobFailure.class)
        .hasMessageContaining("train-00001.bin ends at byte 3083, in record 1, expected 18438");
  }
}
