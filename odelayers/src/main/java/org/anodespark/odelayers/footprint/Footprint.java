/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.footprint;

/**
 * Native memory that one network takes on one thread, in bytes.
 *
 * @param parameters the network's flat array
 * @param gradients the network's flat array, and the sums of its ODE blocks; 0 in prediction
 * @param updaterState momentum and the like; 0 in prediction
 * @param workspaces activations and their gradients, in the DL4J workspaces of the thread
 * @param buffers what the thread's pools hold: evaluations that ODE blocks keep, the stages of
 *     their solvers, scratch memory of kernels
 */
public record Footprint(
    long parameters, long gradients, long updaterState, long workspaces, long buffers) {

  /** All of it. */
  public long total() {
    return parameters + gradients + updaterState + workspaces + buffers;
  }
}
