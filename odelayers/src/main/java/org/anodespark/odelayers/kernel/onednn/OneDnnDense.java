/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.kernel.onednn;

import org.anodespark.odelayers.kernel.Nonlinearity;

/** Matrix products of rows with DL4J's column-major weights. */
final class OneDnnDense extends OneDnnLinear {
  OneDnnDense(Nonlinearity follower) {
    super(follower);
  }

  @Override
  LinearOperations operations(OneDnn library, LinearForm form) {
    return library.operations(form, key -> new DenseOperations(library, key));
  }
}
