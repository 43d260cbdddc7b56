/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.stochastic.rungekutta;

class MilsteinTest extends StochasticMethodContractTest {
  MilsteinTest() {
    super(new Milstein(), 1);
  }
}
