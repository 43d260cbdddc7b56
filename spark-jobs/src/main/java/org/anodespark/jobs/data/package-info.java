/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
/**
 * From images to minibatches.
 *
 * <p>The way of an image, in the order in which to read this package:
 *
 * <ol>
 *   <li>An {@link org.anodespark.jobs.data.ImageSource} gives records one after another: {@link
 *       org.anodespark.jobs.data.CifarSource} from the official archive or folder (layouts in
 *       {@link org.anodespark.jobs.data.CifarFormat}), {@link
 *       org.anodespark.jobs.data.BuiltinSource} from the images that package {@link
 *       org.anodespark.jobs.data.builtin} draws. Package {@link org.anodespark.jobs.data.download}
 *       fetches archives. A {@link org.anodespark.jobs.data.HoldOutSource} gives some train images
 *       as a validation split.
 *   <li>{@link org.anodespark.jobs.data.Preparation}, behind the job {@link
 *       org.anodespark.jobs.data.PrepareJob prepare}, copies the records into few large shards
 *       ({@link org.anodespark.jobs.data.ShardWriter}) and describes them in a {@link
 *       org.anodespark.jobs.data.Manifest}. Both appear in one rename ({@link
 *       org.anodespark.jobs.data.ShardFolder}), on any Hadoop file system; a preparation that was
 *       killed is continued by the next one. {@code docs/data.md} has the format byte by byte.
 *   <li>The job {@link org.anodespark.jobs.data.CheckJob check} has executors read shards again
 *       ({@link org.anodespark.jobs.data.ShardInspector}) and holds what they find ({@link
 *       org.anodespark.jobs.data.DataSetFindings}) against the manifest.
 *   <li>The driver cuts an epoch into {@link org.anodespark.jobs.data.MinibatchDescriptor}s: lines
 *       of text that name examples by index.
 *   <li>On an executor, {@link org.anodespark.jobs.data.ShardDataSetLoader} turns such a line into
 *       a DL4J data set: {@link org.anodespark.jobs.data.ShardReader} finds the records, {@link
 *       org.anodespark.jobs.data.ShardCache} holds whole shards in memory, {@link
 *       org.anodespark.jobs.data.ImageDecoder} normalises, mirrors and shifts.
 *   <li>{@link org.anodespark.jobs.data.PrefetchingLoader} stands around any such loader and lets
 *       it load the next minibatch of a task while the worker computes with the current one; {@link
 *       org.anodespark.jobs.data.Prefetch} has the thread that does it.
 * </ol>
 *
 * <p>What a user can cause (a missing file, a damaged shard, a wrong setting) is a {@link
 * org.anodespark.jobs.failure.JobFailure} of one sentence; a failing file system on an executor is
 * an {@link java.io.IOException}, so that Spark tries the task again.
 */
package org.anodespark.jobs.data;
