/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
/**
 * The job {@code export}: networks as files of other programs. {@link
 * org.anodespark.jobs.export.NumpyArchive} makes arrays for NumPy.
 */
package org.anodespark.jobs.export;
