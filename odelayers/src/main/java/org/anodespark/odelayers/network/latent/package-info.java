/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
/**
 * An ODE in the middle of a variational autoencoder, for time series of which only some values were
 * observed, at irregular times.
 *
 * <p>{@link org.anodespark.odelayers.network.latent.LatentOdeNetwork} is the network. What DL4J
 * lacks for it: {@link org.anodespark.odelayers.network.latent.GaussianSampling}, a layer that
 * draws a latent variable and adds its Kullback-Leibler divergence to the score, and {@link
 * org.anodespark.odelayers.network.latent.MaskedGaussianLoss}, a likelihood per observed value.
 */
package org.anodespark.odelayers.network.latent;
