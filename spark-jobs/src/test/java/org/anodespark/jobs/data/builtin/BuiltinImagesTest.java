/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.data.builtin;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.MessageDigest;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class BuiltinImagesTest {
  private static byte[] train(long seed, int index) {
    byte[] record = new byte[BuiltinImages.RECORD_BYTES];
    new BuiltinImages(seed).drawTrain(index, record);
    return record;
  }

  private static byte[] test(long seed, int index) {
    byte[] record = new byte[BuiltinImages.RECORD_BYTES];
    new BuiltinImages(seed).drawTest(index, record);
    return record;
  }

  @Test
  void first100RecordsAreTheSameOnEveryMachine() throws Exception {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    for (int i = 0; i < 100; i++) {
      digest.update(train(1, i));
    }
    assertThat(HexFormat.of().formatHex(digest.digest()))
        .isEqualTo("d9e2a321a6d003744849f1c67af0ed87be8a685ad8b5ee21ba0757a169e19528");
  }

  @Test
  void imageDoesNotDependOnThoseBeforeIt() {
    BuiltinImages images = new BuiltinImages(3);
    byte[] record = new byte[BuiltinImages.RECORD_BYTES];
    for (int i = 0; i <= 17; i++) {
      images.drawTrain(i, record);
    }
    assertThat(record).isEqualTo(train(3, 17));
  }

  @Test
  void seedsSplitsAndIndicesGiveDifferentImages() {
    assertThat(train(1, 0))
        .isNotEqualTo(train(2, 0))
        .isNotEqualTo(train(1, 10))
        .isNotEqualTo(test(1, 0));
  }

  @Test
  void classesTakeTurns() {
    for (int i = 0; i < 25; i++) {
      assertThat(train(1, i)[0]).isEqualTo((byte) (i % 10));
      assertThat(test(1, i)[0]).isEqualTo((byte) (i % 10));
    }
  }
}
