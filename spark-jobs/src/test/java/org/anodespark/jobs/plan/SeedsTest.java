/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SeedsTest {
  @Test
  void noTwoUsesOfARunShareASeed() {
    Set<Long> seeds = new HashSet<>();
    for (int i = 0; i < 50; i++) {
      seeds.add(Seeds.ofPermutation(1, i));
      for (int j = 0; j < 50; j++) {
        seeds.add(Seeds.ofAugmentation(1, i, j));
        seeds.add(Seeds.ofUpdate(1, i, j));
      }
    }

    assertThat(seeds).hasSize(50 + 2 * 50 * 50);
  }

  @Test
  void theRunsSeedChangesThemAll() {
    assertThat(Seeds.ofPermutation(1, 1)).isNotEqualTo(Seeds.ofPermutation(2, 1));
    assertThat(Seeds.ofAugmentation(1, 1, 1)).isNotEqualTo(Seeds.ofAugmentation(2, 1, 1));
    assertThat(Seeds.ofUpdate(1, 1, 1)).isNotEqualTo(Seeds.ofUpdate(2, 1, 1));
  }
}
