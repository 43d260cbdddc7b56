/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
/**
 * How much native memory a network takes, before it takes it. {@link
 * org.anodespark.odelayers.footprint.NetworkFootprint} lets a copy of the network train and predict
 * with a few examples and gives a {@link org.anodespark.odelayers.footprint.Footprint} for any size
 * of the minibatch, by way of a {@link org.anodespark.odelayers.footprint.SizedFootprint} for each
 * of the two:
 *
 * <pre>{@code
 * NetworkFootprint footprint = NetworkFootprint.measure(network, examples -> firstOf(data, examples));
 * long bytes = footprint.training(128).total();
 * }</pre>
 */
package org.anodespark.odelayers.footprint;
