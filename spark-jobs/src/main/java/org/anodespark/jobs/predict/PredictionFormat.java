/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.predict;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.anodespark.jobs.files.Csv;

/**
 * Lines of predictions. Of equally probable classes the first comes first.
 *
 * @param csv comma-separated values; else a JSON object per line
 * @param classes their names
 * @param topK how many probabilities a line has, those of the most probable classes; 0 for all, in
 *     the order of the classes
 */
record PredictionFormat(boolean csv, List<String> classes, int topK) implements Serializable {
  /** Ends the names of files. */
  String suffix() {
    return csv ? ".csv" : ".jsonl";
  }

  /** What comes before the first line; may be nothing. */
  String header() {
    if (!csv) {
      return "";
    }
    List<Object> names = new ArrayList<>(List.of("image", "class", "probability"));
    if (topK == 0) {
      names.addAll(classes);
    }
    for (int k = 2; k <= Math.min(topK, classes.size()); k++) {
      names.add("class_" + k);
      names.add("probability_" + k);
    }
    return Csv.line(names);
  }

  /**
   * The line of an image.
   *
   * @param name of the image
   * @param probabilities one for each class
   */
  String line(String name, float[] probabilities) {
    List<Integer> order =
        IntStream.range(0, probabilities.length)
            .boxed()
            .sorted(Comparator.comparingDouble(which -> -probabilities[which]))
            .toList();
    int best = order.get(0);
    List<Integer> shown =
        topK == 0
            ? IntStream.range(0, probabilities.length).boxed().toList()
            : order.subList(0, Math.min(topK, order.size()));
    return csv
        ? csvLine(name, probabilities, best, shown)
        : jsonLine(name, probabilities, best, shown);
  }

  private String csvLine(String name, float[] probabilities, int best, List<Integer> shown) {
    List<Object> values = new ArrayList<>(List.of(name, classes.get(best), probabilities[best]));
    if (topK == 0) {
      shown.forEach(which -> values.add(probabilities[which]));
    } else {
      shown
          .subList(1, shown.size())
          .forEach(
              which -> {
                values.add(classes.get(which));
                values.add(probabilities[which]);
              });
    }
    return Csv.line(values);
  }

  private String jsonLine(String name, float[] probabilities, int best, List<Integer> shown) {
    ObjectNode line = JsonNodeFactory.instance.objectNode();
    line.put("image", name);
    line.put("class", classes.get(best));
    line.put("probability", probabilities[best]);
    ObjectNode all = line.putObject("probabilities");
    shown.forEach(which -> all.put(classes.get(which), probabilities[which]));
    return line + "\n";
  }
}
