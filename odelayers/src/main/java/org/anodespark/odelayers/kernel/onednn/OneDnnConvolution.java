/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.kernel.onednn;

import org.anodespark.odelayers.kernel.ConvolutionGeometry;
import org.anodespark.odelayers.kernel.Nonlinearity;

/** Convolution of channels-last images. */
final class OneDnnConvolution extends OneDnnLinear {
  private final ConvolutionGeometry geometry;

  OneDnnConvolution(ConvolutionGeometry geometry, Nonlinearity follower) {
    super(follower);
    this.geometry = geometry;
  }

  @Override
  LinearOperations operations(OneDnn library, LinearForm form) {
    return library.operations(
        new ConvolutionOperations.Key(form, geometry),
        key -> new ConvolutionOperations(library, key));
  }
}
