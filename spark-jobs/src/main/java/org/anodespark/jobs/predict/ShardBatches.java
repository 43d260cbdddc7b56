/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.predict;

import java.io.IOException;
import java.util.List;
import org.anodespark.jobs.data.Manifest;
import org.anodespark.jobs.data.MinibatchDescriptor;
import org.anodespark.jobs.data.ShardDataSetLoader;

/**
 * Loads records of shards; an element of the RDD holds one encoded {@link MinibatchDescriptor}. An
 * image is called SHARD#RECORD, counted from 0.
 */
final class ShardBatches implements BatchLoader {
  private static final long serialVersionUID = 1L;

  private final Manifest manifest;
  private final ShardDataSetLoader loader;

  ShardBatches(Manifest manifest, ShardDataSetLoader loader) {
    this.manifest = manifest;
    this.loader = loader;
  }

  @Override
  public Batch load(String[] batch) throws IOException {
    MinibatchDescriptor descriptor = MinibatchDescriptor.decode(batch[0]);
    List<Manifest.Shard> shards = manifest.split(descriptor.split()).shards();
    List<String> names =
        descriptor.examples().stream().map(example -> name(shards, example)).toList();
    return new Batch(names, loader.load(descriptor).getFeatures(), List.of());
  }

  private static String name(List<Manifest.Shard> shards, int example) {
    int record = example;
    for (Manifest.Shard shard : shards) {
      if (record < shard.records()) {
        return shard.file() + "#" + record;
      }
      record -= shard.records();
    }
    throw new IllegalArgumentException("example " + example + " is in no shard");
  }
}
