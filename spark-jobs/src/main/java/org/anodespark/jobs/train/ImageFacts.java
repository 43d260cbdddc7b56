/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.train;

/**
 * What a network must know of the images.
 *
 * @param height in pixels
 * @param width in pixels
 * @param channels 3 for colour
 * @param classes how many there are
 */
public record ImageFacts(int height, int width, int channels, int classes) {}
