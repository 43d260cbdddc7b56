/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
/**
 * What a job leaves behind, on any Hadoop file system.
 *
 * <p>{@link org.anodespark.jobs.run.RunRecorder} runs the work of a job: it claims the {@link
 * org.anodespark.jobs.run.RunDirectory}, writes {@code resolved.conf} before and {@code
 * summary.json} (a {@link org.anodespark.jobs.run.Summary}) after it, whether it succeeds or fails.
 * Training also writes a {@link org.anodespark.jobs.run.JsonLinesFile} and {@link
 * org.anodespark.jobs.run.Models}, and can continue a run: {@link
 * org.anodespark.jobs.run.EarlierRun} compares the settings, and one {@link
 * org.anodespark.jobs.run.RunOwner} at a time writes. Whoever looks at runs later reads them as
 * {@link org.anodespark.jobs.run.RecordedRun}s. Every file is written under a temporary name and
 * then renamed, so that whoever reads it sees all of it or its predecessor.
 */
package org.anodespark.jobs.run;
