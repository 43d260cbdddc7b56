/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
/**
 * Networks of the papers on ANODE and ANODEV2, each with residual blocks or ODE blocks where the
 * shape of the images stays as it is.
 *
 * <p>A network is a list of calls to {@code Sketch}, which puts one part behind the other: read
 * {@link org.anodespark.odelayers.network.published.ResNet} first. {@link
 * org.anodespark.odelayers.network.published.Design} holds what the papers vary.
 */
package org.anodespark.odelayers.network.published;
