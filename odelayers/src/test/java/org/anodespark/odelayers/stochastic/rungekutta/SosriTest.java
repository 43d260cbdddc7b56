/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.stochastic.rungekutta;

class SosriTest extends AdaptiveStochasticMethodContractTest {
  SosriTest() {
    super(new Sosri(), 1.5);
  }
}
