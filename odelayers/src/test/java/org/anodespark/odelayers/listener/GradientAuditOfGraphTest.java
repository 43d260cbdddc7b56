/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.listener;

class GradientAuditOfGraphTest extends GradientAuditContractTest {
  GradientAuditOfGraphTest() {
    super(Trainings.Kind.GRAPH);
  }
}
