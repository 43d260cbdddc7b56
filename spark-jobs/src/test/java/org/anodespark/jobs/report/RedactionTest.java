/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedactionTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "spark.conf.spark.hadoop.fs.s3a.secret.key",
        "spark.conf.spark.hadoop.fs.s3a.access.key",
        "spark.conf.spark.ssl.keyPassword",
        "spark.conf.spark.some.accessKey",
        "spark.conf.spark.some.ACCESS_KEY",
        "spark.conf.spark.some.token"
      })
  void valuesOfKeysThatNameASecretAreMasked(String key) {
    assertThat(Redaction.ofSetting(key, "abc")).isEqualTo("*****");
  }

  @Test
  void valuesThatNameASecretAreMaskedAsSparkDoes() {
    assertThat(Redaction.ofSetting("spark.conf.spark.driver.extraJavaOptions", "-Dpassword=abc"))
        .isEqualTo("*****");
  }

  @ParameterizedTest
  @CsvSource({
    "s3a://me:abc@bucket/runs/1, s3a://*****@bucket/runs/1",
    "hdfs://name:8020/runs/1,    hdfs://name:8020/runs/1",
    "file:/runs/a@b:c,           file:/runs/a@b:c"
  })
  void credentialsInAddressesAreMasked(String address, String shown) {
    assertThat(Redaction.ofSetting("run.dir", address)).isEqualTo(shown);
  }

  @Test
  void otherSettingsAreShown() {
    assertThat(Redaction.ofSetting("train.batch-size", "32")).isEqualTo("32");
  }
}
