/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.evaluate;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.anodespark.jobs.data.RawImage;
import org.anodespark.jobs.files.Csv;

/**
 * An evaluation with the names of its classes, as it goes into {@code evaluation.json}, and onto
 * the console.
 *
 * @param negativeLogLikelihood see {@link Classification}
 * @param calibrationError see {@link Calibration#error()}
 * @param classes in the order of the network's output
 * @param confusion see {@link ConfusionMatrix}
 * @param calibration the bins
 * @param mistakes the commonest ones
 */
public record EvaluationReport(
    long examples,
    double accuracy,
    int topK,
    @JsonProperty("top_k_accuracy") double topKAccuracy,
    double negativeLogLikelihood,
    double calibrationError,
    List<ClassReport> classes,
    List<List<Long>> confusion,
    List<Calibration.Bin> calibration,
    List<MistakeReport> mistakes) {
  /** The file that it goes into. */
  public static final String FILE = "evaluation.json";

  /** Lines of a table that is read on a console. */
  private static final int MOST_CLASSES_SHOWN = 20;

  /** One class; see {@link ConfusionMatrix} for the numbers. */
  public record ClassReport(
      String name, long examples, double precision, double recall, double f1) {}

  /** A {@link Mistake} with names. */
  public record MistakeReport(
      String actual, String predicted, long count, List<SampleReport> examples) {}

  /**
   * An example that was mistaken.
   *
   * @param example index within the split
   * @param shard the file that holds its image
   * @param record the image's place in that file, from 0
   * @param probability of the predicted class
   */
  public record SampleReport(int example, String shard, long record, double probability) {}

  /**
   * Puts names to numbers.
   *
   * @param names of the classes, in the order of the network's output
   * @param topK at least 1
   * @param images of the mistakes, by index of the example, see {@link MistakeImages}
   */
  public static EvaluationReport of(
      Classification result, List<String> names, int topK, Map<Integer, RawImage> images) {
    ConfusionMatrix confusion = result.confusion();
    List<ClassReport> classes =
        IntStream.range(0, names.size())
            .mapToObj(
                i ->
                    new ClassReport(
                        names.get(i),
                        confusion.examples(i),
                        confusion.precision(i),
                        confusion.recall(i),
                        confusion.f1(i)))
            .toList();
    return new EvaluationReport(
        result.examples(),
        result.accuracy(),
        topK,
        result.topKAccuracy(topK),
        result.negativeLogLikelihood(),
        result.calibration().error(),
        classes,
        confusion.counts(),
        result.calibration().bins(),
        result.commonestMistakes().stream()
            .map(
                mistake ->
                    new MistakeReport(
                        names.get(mistake.actual()),
                        names.get(mistake.predicted()),
                        mistake.count(),
                        mistake.samples().stream()
                            .map(sample -> report(sample, images.get(sample.example())))
                            .toList()))
            .toList());
  }

  private static SampleReport report(Mistake.Sample sample, RawImage image) {
    return new SampleReport(sample.example(), image.shard(), image.record(), sample.confidence());
  }

  /** {@code confusion.csv}: a row for each right class, a column for each predicted one. */
  String confusionCsv() {
    StringBuilder text = new StringBuilder();
    List<Object> header = new ArrayList<>();
    header.add("actual \\ predicted");
    classes.forEach(each -> header.add(each.name()));
    text.append(Csv.line(header));
    for (int actual = 0; actual < classes.size(); actual++) {
      List<Object> row = new ArrayList<>();
      row.add(classes.get(actual).name());
      row.addAll(confusion.get(actual));
      text.append(Csv.line(row));
    }
    return text.toString();
  }

  /** A table for people; of many classes only those that did worst. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(
        String.format(
            Locale.ROOT,
            "accuracy %.4f   top-%d %.4f   negative log-likelihood %.4f   calibration error %.4f",
            accuracy,
            topK,
            topKAccuracy,
            negativeLogLikelihood,
            calibrationError));
    List<ClassReport> shown = classes;
    if (classes.size() > MOST_CLASSES_SHOWN) {
      lines.add(
          "The %d of %d classes with the lowest F1:".formatted(MOST_CLASSES_SHOWN, classes.size()));
      shown =
          classes.stream()
              .sorted(Comparator.comparingDouble(ClassReport::f1))
              .limit(MOST_CLASSES_SHOWN)
              .toList();
    }
    int width = Math.max(5, shown.stream().mapToInt(each -> each.name().length()).max().orElse(0));
    lines.add(
        String.format(
            Locale.ROOT, "%-" + width + "s  examples  precision  recall      F1", "class"));
    for (ClassReport each : shown) {
      lines.add(
          String.format(
              Locale.ROOT,
              "%-" + width + "s  %8d  %9s  %6s  %6s",
              each.name(),
              each.examples(),
              figure(each.precision()),
              figure(each.recall()),
              figure(each.f1())));
    }
    return lines;
  }

  private static String figure(double value) {
    return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%.4f", value);
  }
}
