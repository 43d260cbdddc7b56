/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
/**
 * Networks in files, and what their numbers mean.
 *
 * <p>{@link org.anodespark.jobs.model.ModelFile} writes and reads such a file; whoever reads one
 * gets a {@link org.anodespark.jobs.model.SavedModel}. A file may come from anywhere: reading it
 * can fail with a sentence, but runs nothing that the file names and allocates nothing that it only
 * promises; of classes it may name those on a list ({@link
 * org.anodespark.jobs.model.AllowedTypes}), to which users may add theirs. What turns pixels into
 * the network's input, and the names of its classes, are in its {@link
 * org.anodespark.jobs.model.ModelDescription}.
 */
package org.anodespark.jobs.model;
