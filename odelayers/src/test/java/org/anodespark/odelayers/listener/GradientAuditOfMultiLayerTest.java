/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.listener;

class GradientAuditOfMultiLayerTest extends GradientAuditContractTest {
  GradientAuditOfMultiLayerTest() {
    super(Trainings.Kind.MULTI_LAYER);
  }
}
