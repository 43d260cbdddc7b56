/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.experiment;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What came of a cell.
 *
 * @param cell the cell
 * @param failure why there are no measures; null if there are
 * @param measures by name, in the order of the table's columns
 */
record CellResult(Cell cell, String failure, Map<String, Double> measures) {
  CellResult {
    measures = Collections.unmodifiableMap(new LinkedHashMap<>(measures));
  }

  /** Of a cell that has run to its end. */
  static CellResult of(Cell cell, Map<String, Double> measures) {
    return new CellResult(cell, null, measures);
  }

  /** Of a cell that cannot. */
  static CellResult failed(Cell cell, String why) {
    return new CellResult(cell, why, Map.of());
  }

  /** The same with more measures, or other values of them. */
  CellResult with(Map<String, Double> more) {
    Map<String, Double> all = new LinkedHashMap<>(measures);
    all.putAll(more);
    return new CellResult(cell, failure, all);
  }
}
