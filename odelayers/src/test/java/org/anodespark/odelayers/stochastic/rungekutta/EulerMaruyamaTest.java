/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.stochastic.rungekutta;

class EulerMaruyamaTest extends StochasticMethodContractTest {
  EulerMaruyamaTest() {
    super(new EulerMaruyama(), 1);
  }
}
