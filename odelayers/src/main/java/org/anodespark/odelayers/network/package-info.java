/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
/**
 * Ready-made networks. {@link org.anodespark.odelayers.network.ResidualOdeNetwork} is a small
 * residual network for 32x32 colour images with one ODE block in each stage.
 */
package org.anodespark.odelayers.network;
