/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MinibatchDescriptorTest {
  @Property
  void comesBackFromItsText(
      @ForAll SplitName split,
      @ForAll long seed,
      @ForAll @Size(min = 1, max = 300) List<@IntRange Integer> examples) {
    MinibatchDescriptor minibatch = new MinibatchDescriptor(split, seed, examples);
    assertThat(MinibatchDescriptor.decode(minibatch.encode())).isEqualTo(minibatch);
  }

  @Property
  void textIsAUriOfTheDefaultFileSystem(
      @ForAll SplitName split,
      @ForAll long seed,
      @ForAll @Size(min = 1, max = 9) List<@IntRange Integer> examples) {
    URI uri = URI.create(new MinibatchDescriptor(split, seed, examples).encode());
    assertThat(uri.getScheme()).isNull();
    assertThat(uri.getAuthority()).isNull();
  }

  @Test
  void textIsOneCompactLine() {
    assertThat(new MinibatchDescriptor(SplitName.TEST, -5, List.of(3, 0, 3)).encode())
        .isEqualTo("test/-5/3,0,3");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "train",
        "train/1/",
        "train/1/1,",
        "train/1/,1",
        "train/1/-1",
        "train//1",
        "other/1/1",
        "train/1/9999999999",
        "train/9999999999999999999/1",
        "train/1/1\n",
        "file:/train/1/1"
      })
  void otherTextIsRefused(String line) {
    assertThatThrownBy(() -> MinibatchDescriptor.decode(line))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("\"" + line + "\"");
  }

  @Test
  void emptyMinibatchIsRefused() {
    assertThatThrownBy(() -> new MinibatchDescriptor(SplitName.TRAIN, 0, List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void negativeIndexIsRefused() {
    assertThatThrownBy(() -> new MinibatchDescriptor(SplitName.TRAIN, 0, List.of(1, -2)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("-2");
  }
}
