/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.anodespark.jobs.testing.TestSettings;
import org.junit.jupiter.api.Test;

class ConfigHashTest {
  @Test
  void isTheSameInEveryRelease() {
    assertThat(ConfigHash.of(TestSettings.in("runs/1")))
        .isEqualTo("c2c5981850adda4ab9f6d9d4fa7a7fdb2426bc0ea484cff4d2595a0b5677c25f");
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
