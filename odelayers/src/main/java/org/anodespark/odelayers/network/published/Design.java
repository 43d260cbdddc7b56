/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.network.published;

import org.anodespark.odelayers.network.Normalization;
import org.anodespark.odelayers.network.OdeBlockSettings;

/**
 * What a published network leaves open.
 *
 * @param kind of the blocks that leave the shape of their images as it is
 * @param normalization behind the convolutions; that of the fields is for ODE blocks only
 * @param ode how ODE blocks are solved; its precision holds for all convolutions
 */
public record Design(BlockKind kind, Normalization normalization, OdeBlockSettings ode) {}
