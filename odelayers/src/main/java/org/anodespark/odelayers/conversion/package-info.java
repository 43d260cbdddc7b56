/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
/**
 * Whole networks from DL4J's layers to those of this library and back, with their weights. {@link
 * org.anodespark.odelayers.conversion.NetworkConversion} is the way in.
 *
 * <p>A conversion goes over a copy of the configuration as a list of {@link
 * org.anodespark.odelayers.conversion.Node nodes}. {@link
 * org.anodespark.odelayers.conversion.Layouts} finds out which arrays are images and where their
 * channels are, from what the layers say; a {@link org.anodespark.odelayers.conversion.Rewriting}
 * changes the nodes one by one; {@link org.anodespark.odelayers.conversion.Learned} brings over
 * parameters and updater state, by the names of layers.
 *
 * <p>For a layer of one's own with a counterpart in DL4J: a line in {@link
 * org.anodespark.odelayers.conversion.ToBufferedLayers} and one in {@link
 * org.anodespark.odelayers.conversion.ToStockLayers}.
 */
package org.anodespark.odelayers.conversion;
