/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.train;

import java.util.List;
import java.util.function.Function;
import org.anodespark.jobs.plan.EvaluationPlan;
import org.anodespark.jobs.plan.Minibatch;
import org.deeplearning4j.core.loader.DataSetLoader;

/**
 * What a training needs of its data.
 *
 * @param facts which data it is
 * @param images what the network must know of the images
 * @param trainExamples size of the training split, at least 1
 * @param testExamples size of the test split, at least 1
 * @param loader makes data sets, on executors, from what the encoders write
 * @param trainEncoder for minibatches of the training split
 * @param testEncoder for minibatches of the test split; gives a valid URI, as {@link
 *     MinibatchEncoder} does
 */
record TrainingData(
    DataSetFacts facts,
    ImageFacts images,
    int trainExamples,
    int testExamples,
    DataSetLoader loader,
    MinibatchEncoder trainEncoder,
    Function<Minibatch, String> testEncoder) {

  /** What the loader is asked for in an evaluation of the test split. */
  List<String> testDescriptors(int batchSize) {
    return EvaluationPlan.inOrder(testExamples, batchSize).minibatches().stream()
        .map(testEncoder)
        .toList();
  }
}
