/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.stochastic.rungekutta;

class Sosri2Test extends AdaptiveStochasticMethodContractTest {
  Sosri2Test() {
    super(new Sosri2(), 1.5);
  }
}
