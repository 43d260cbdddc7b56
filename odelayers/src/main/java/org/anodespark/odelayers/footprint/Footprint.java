/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.footprint;

/**
 * Native memory that one network takes on one thread, in bytes.
 *
 * @param parameters the network's flat array
 * @param gradients the network's flat array, and the sums of its ODE blocks; 0 in prediction
 * @param updaterState momentum and the like; 0 in prediction
 * @param workspaces activations and their gradients, in the DL4J workspaces of the thread
 * @param buffers states, stages and kept evaluations of ODE blocks and layers on kernels, in the
 *     thread's pools
 * @param scratch memory in the same pools that has no shape: what kernels work on, weights in
 *     another order
 */
public record Footprint(
    long parameters,
    long gradients,
    long updaterState,
    long workspaces,
    long buffers,
    long scratch) {

  /** All of it. */
  public long total() {
    return parameters + gradients + updaterState + workspaces + buffers + scratch;
  }
}
