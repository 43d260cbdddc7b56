/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
/**
 * Fetches official archives over HTTP.
 *
 * <p>{@link org.anodespark.jobs.data.download.ArchiveDownload} fetches an {@link
 * org.anodespark.jobs.data.download.OfficialArchive} into a folder of this machine, where it is
 * kept. A file under its own name there is whole: bytes that arrive go to a {@link
 * org.anodespark.jobs.data.download.PartialFile}, which is renamed when its MD5 is the published
 * one, and which a later try, in this process or another, continues where it ends. {@link
 * org.anodespark.jobs.data.download.RetryPolicy} says how often and how fast connections are tried
 * again; {@link org.anodespark.jobs.data.download.StallWatch} ends one that delivers nothing.
 */
package org.anodespark.jobs.data.download;
