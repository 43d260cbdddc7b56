/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.train;

import java.io.IOException;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.anodespark.jobs.data.NamedSource;
import org.anodespark.jobs.data.RawImages;
import org.anodespark.jobs.failure.ExitCode;
import org.anodespark.jobs.failure.JobFailure;
import org.anodespark.jobs.model.ExampleFormat;
import org.anodespark.jobs.plan.EvaluationPlan;
import org.anodespark.jobs.plan.Minibatch;
import org.deeplearning4j.core.loader.DataSetLoader;
import org.nd4j.linalg.dataset.DataSet;

/**
 * What a training needs of its data.
 *
 * @param facts which data it is
 * @param examples what the numbers of an example mean
 * @param trainExamples size of the training split, at least 1
 * @param testExamples size of the test split, at least 1
 * @param loader makes data sets, on executors, from what the encoders write
 * @param trainEncoder for minibatches of the training split
 * @param testEncoder for minibatches of the test split; gives a valid URI, as {@link
 *     MinibatchEncoder} does
 * @param validationExamples size of the validation split; 0 if there is none
 * @param validationEncoder likewise, for the validation split
 * @param testImages the images of the test split as they are
 */
record TrainingData(
    DataSetFacts facts,
    ExampleFormat examples,
    int trainExamples,
    int testExamples,
    DataSetLoader loader,
    MinibatchEncoder trainEncoder,
    Function<Minibatch, String> testEncoder,
    int validationExamples,
    Function<Minibatch, String> validationEncoder,
    RawImages testImages) {

  /** What the network must know of the images. */
  ImageFacts images() {
    return new ImageFacts(
        examples.height(), examples.width(), examples.channels(), examples.classes().size());
  }

  /**
   * The first examples of the training split as a minibatch, loaded in this process.
   *
   * @param count how many; where there are fewer, they are repeated
   * @throws JobFailure with exit code 3 if they cannot be read, and as the loader throws it
   */
  DataSet first(int count) {
    return minibatch(0, count);
  }

  /**
   * One of the minibatches of the training split in its order, loaded in this process; behind its
   * end it begins again.
   *
   * @param number from 0
   * @param size examples in each, at least 1
   * @throws JobFailure as {@link #first} does
   */
  DataSet minibatch(int number, int size) {
    List<Integer> examples =
        IntStream.range(number * size, (number + 1) * size)
            .map(i -> i % trainExamples)
            .boxed()
            .toList();
    try {
      return loader.load(new NamedSource(trainEncoder.encode(1, new Minibatch(number, examples))));
    } catch (IOException e) {
      throw new JobFailure(
          ExitCode.PREFLIGHT_FAILED,
          "The first training examples cannot be read (%s): see that the file system of data.path is reachable and whole."
              .formatted(e.getMessage()),
          e);
    }
  }

  /** What the loader is asked for in an evaluation of the test split. */
  List<String> testDescriptors(int batchSize) {
    return EvaluationPlan.inOrder(testExamples, batchSize).minibatches().stream()
        .map(testEncoder)
        .toList();
  }

  /** What the loader is asked for in an evaluation of the validation split, if there is one. */
  List<String> validationDescriptors(int batchSize) {
    return EvaluationPlan.inOrder(validationExamples, batchSize).minibatches().stream()
        .map(validationEncoder)
        .toList();
  }
}
