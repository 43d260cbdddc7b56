/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.anodespark.jobs.config.DataSettings;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.ops.transforms.Transforms;

/** The built-in data set at its default size is no task for a linear classifier on pixels. */
class BuiltinDifficultyTest {
  private static final int BATCH = 200;
  private static final int EPOCHS = 8;
  private static final double LEARNING_RATE = 0.01;

  @TempDir Path temp;

  private DataSet load(Manifest manifest, SplitName split) throws IOException {
    DataSet dataSet =
        new ShardDataSetLoader(
                manifest,
                new org.apache.hadoop.fs.Path(temp.resolve("data").toUri()),
                "fine",
                64,
                Augmentation.NONE,
                new Configuration())
            .load(
                new MinibatchDescriptor(
                    split,
                    0,
                    IntStream.range(0, manifest.split(split).examples()).boxed().toList()));
    long examples = dataSet.getFeatures().size(0);
    dataSet.setFeatures(dataSet.getFeatures().reshape('c', examples, 3072));
    return dataSet;
  }

  private static double accuracy(DataSet dataSet, INDArray weights, INDArray bias) {
    INDArray predicted = dataSet.getFeatures().mmul(weights).addRowVector(bias).argMax(1);
    return predicted
        .eq(dataSet.getLabels().argMax(1))
        .castTo(weights.dataType())
        .meanNumber()
        .doubleValue();
  }

  @Test
  void softmaxRegressionStaysBelowOneHalf() throws IOException {
    Manifest manifest =
        new Preparation(new Configuration(), line -> {})
            .prepare(
                new DataSettings(
                    "builtin",
                    CifarFiles.DOWNLOAD,
                    temp.resolve("data").toString(),
                    10000,
                    0,
                    "fine",
                    8000,
                    2000,
                    64,
                    false,
                    0,
                    DataSettings.STANDARDIZED,
                    0,
                    0),
                1);
    DataSet train = load(manifest, SplitName.TRAIN);
    DataSet test = load(manifest, SplitName.TEST);

    INDArray weights = Nd4j.zeros(3072, 10);
    INDArray bias = Nd4j.zeros(1, 10);
    for (int epoch = 0; epoch < EPOCHS; epoch++) {
      for (int start = 0; start < 8000; start += BATCH) {
        INDArray x = train.getFeatures().get(NDArrayIndex.interval(start, start + BATCH));
        INDArray y = train.getLabels().get(NDArrayIndex.interval(start, start + BATCH));
        INDArray error = Transforms.softmax(x.mmul(weights).addRowVector(bias)).subi(y);
        weights.subi(x.transpose().mmul(error).muli(LEARNING_RATE / BATCH));
        bias.subi(error.sum(true, 0).muli(LEARNING_RATE / BATCH));
      }
    }

    // It did learn its train images to a degree, but nothing that holds for others.
    assertThat(accuracy(train, weights, bias)).isGreaterThan(0.2);
    assertThat(accuracy(test, weights, bias)).isLessThan(0.5);
  }
}
