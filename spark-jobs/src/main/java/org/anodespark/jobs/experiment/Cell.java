/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.experiment;

import java.io.Serializable;

/**
 * One training of an experiment.
 *
 * @param network name of the network; empty where the experiment has only one
 * @param method name of the method
 * @param seed of everything random
 */
record Cell(String network, String method, int seed) implements Serializable {
  /** The row of the table that it belongs to. */
  Pair pair() {
    return new Pair(network, method);
  }

  /** Its name, which is that of its folder too. */
  String name() {
    return pair().name() + "-seed-" + seed;
  }

  /** A method on a network, whatever the seed. */
  record Pair(String network, String method) implements Serializable {
    /** For people and files. */
    String name() {
      return network.isEmpty() ? method : network + "-" + method;
    }
  }
}
