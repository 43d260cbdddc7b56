/**
 * Checkpoints: files from which a training goes on as if nothing had happened.
 *
 * <p>A {@link org.anodespark.jobs.checkpoint.Checkpoint} is a handful of named texts and arrays;
 * what they mean is the training's business. {@link org.anodespark.jobs.checkpoint.CheckpointFile}
 * turns it into a zip file with a checksum of every entry and back, without Java serialisation:
 * whoever can write a checkpoint can make a training wrong, but cannot run code. {@link
 * org.anodespark.jobs.checkpoint.CheckpointStore} keeps the files of a run, {@code
 * checkpoints/checkpoint-000017.zip}, each written under another name and renamed, and finds the
 * latest one that is whole.
 */
package org.anodespark.jobs.checkpoint;
