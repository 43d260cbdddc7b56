/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.predict;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/** What one task wrote. Not a record, since Kryo takes tasks' results. */
final class PredictionPart implements Serializable {
  private static final long serialVersionUID = 1L;

  private final String file;
  private final ArrayList<String> unreadable = new ArrayList<>();
  private final ArrayList<String> reasons = new ArrayList<>();
  private long images;

  PredictionPart(String file) {
    this.file = file;
  }

  void add(BatchLoader.Batch batch) {
    images += batch.names().size();
    for (UnreadableFile each : batch.unreadable()) {
      unreadable.add(each.file());
      reasons.add(each.reason());
    }
  }

  /** Address of the file, which only this attempt of the task wrote. */
  String file() {
    return file;
  }

  /** The lines in it, without the header. */
  long images() {
    return images;
  }

  List<UnreadableFile> unreadable() {
    List<UnreadableFile> all = new ArrayList<>();
    for (int i = 0; i < unreadable.size(); i++) {
      all.add(new UnreadableFile(unreadable.get(i), reasons.get(i)));
    }
    return all;
  }
}
