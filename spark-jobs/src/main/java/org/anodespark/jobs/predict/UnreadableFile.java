/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.predict;

/**
 * A file that was no image.
 *
 * @param file its address
 * @param reason goes on from its name
 */
record UnreadableFile(String file, String reason) {}
