/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.anodespark.jobs.testing.TestSettings;
import org.junit.jupiter.api.Test;

class ConfigHashTest {
  @Test
  void isTheSameInEveryRelease() {
    assertThat(ConfigHash.of(TestSettings.in("runs/1")))
        .isEqualTo("9d1558da6f3f325782df9744e4cdb54fd6aa8d637a199fc4eb0a9d55a81be3a8");
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
