/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.anodespark.jobs.testing.TestSettings;
import org.junit.jupiter.api.Test;

class ConfigHashTest {
  @Test
  void isTheSameInEveryRelease() {
    assertThat(ConfigHash.of(TestSettings.in("runs/1")))
        .isEqualTo("d96887c1a729fd8e751d4e4179dfa467dde90892f01a801187271d8851f7a58b");
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
