/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.data;

/**
 * What a data set is.
 *
 * @param name {@code cifar-10}, {@code cifar-100}, {@code mnist} or {@code builtin-shapes}
 * @param builtin whether the images were drawn by anode-spark
 * @param note one plain sentence on where the images come from
 * @param seed seed of the drawn images; null for others
 * @param layout how a record is laid out
 */
record DataSetDescription(
    String name, boolean builtin, String note, Long seed, RecordLayout layout) {}
