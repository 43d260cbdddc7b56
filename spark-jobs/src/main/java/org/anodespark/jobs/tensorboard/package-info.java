/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
/**
 * Files that TensorBoard reads. {@link org.anodespark.jobs.tensorboard.EventFile} holds {@link
 * org.anodespark.jobs.tensorboard.ScalarEvent}s, in the framing of TensorFlow's record files around
 * protocol buffers of its {@code event.proto} and {@code summary.proto}. Of these messages only the
 * few fields that numbers need are written, field by field, with the protocol buffers that ND4J
 * brings along: there is no generated code, and nothing of TensorFlow is needed.
 */
package org.anodespark.jobs.tensorboard;
