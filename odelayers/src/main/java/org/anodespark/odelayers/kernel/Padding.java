/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.kernel;

/**
 * What is added at both ends of an axis.
 *
 * @param before in front of the first entry
 * @param after behind the last entry
 */
public record Padding(long before, long after) {}
