/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.data;

import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Counts, for each label, how many records there are of each class. */
final class ClassCounts implements Serializable {
  private static final long serialVersionUID = 1L;

  private final RecordLayout layout;

  /** By label in the order of the record, then by class. */
  private final int[][] counts;

  ClassCounts(RecordLayout layout) {
    this.layout = layout;
    this.counts =
        layout.labels().stream()
            .map(label -> new int[label.classes().size()])
            .toArray(int[][]::new);
  }

  /** Counts one record, whose labels are in range. */
  void add(byte[] record) {
    for (RecordLayout.LabelField label : layout.labels()) {
      counts[label.offset()][record[label.offset()] & 0xFF]++;
    }
  }

  /** Counts what another one of the same layout has counted. */
  void add(ClassCounts other) {
    for (int label = 0; label < counts.length; label++) {
      for (int k = 0; k < counts[label].length; k++) {
        counts[label][k] += other.counts[label][k];
      }
    }
  }

  /** Examples of each class of a label. */
  List<Integer> of(RecordLayout.LabelField label) {
    return IntStream.of(counts[label.offset()]).boxed().toList();
  }

  /** Examples of each class for each label by name, in the order of the record. */
  Map<String, List<Integer>> byName() {
    Map<String, List<Integer>> byName = new LinkedHashMap<>();
    for (RecordLayout.LabelField label : layout.labels()) {
      byName.put(label.name(), of(label));
    }
    return byName;
  }
}
