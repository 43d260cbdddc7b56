/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.anodespark.jobs.testing.TestSettings;
import org.junit.jupiter.api.Test;

class ConfigHashTest {
  @Test
  void isTheSameInEveryRelease() {
    assertThat(ConfigHash.of(TestSettings.in("runs/1")))
        .isEqualTo("95995e1c1c625f040d22bd80f4c5d6fc8c4eed4884c9412680a933af66358678");
  }

  @Test
  void doesNotDependOnTheRunDirectory() {
    assertThat(ConfigHash.of(TestSettings.in("runs/1")))
        .isEqualTo(ConfigHash.of(TestSettings.in("runs/2")));
  }

  @Test
  void dependsOnEverythingElse() {
    assertThat(ConfigHash.of(TestSettings.in("runs/1", "data", 2)))
        .isNotEqualTo(ConfigHash.of(TestSettings.in("runs/1", "data", 3)))
        .isNotEqualTo(ConfigHash.of(TestSettings.in("runs/1", "other", 2)));
  }
}
