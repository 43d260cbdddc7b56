/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.failure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ConnectException;
import org.junit.jupiter.api.Test;

class ReasonTest {
  @Test
  void isTheFirstLineOfTheMessage() {
    assertThat(
            Reason.of(
                new IOException("\nno space\n\tat Server.write\n", new ConnectException("x"))))
        .isEqualTo("no space");
  }

  @Test
  void isThatOfTheCauseWhereThereIsNoMessage() {
    assertThat(Reason.of(new IOException(null, new ConnectException("refused"))))
        .isEqualTo("refused");
  }

  @Test
  void isTheKindWhereNobodySaysAnything() {
    assertThat(Reason.of(new IOException(" ", new ConnectException())))
        .isEqualTo("ConnectException");
  }

  @Test
  void ofTheRootIsThatOfTheLastCause() {
    assertThat(Reason.ofRoot(new IOException("cannot read", new ConnectException("refused"))))
        .isEqualTo("refused");
  }
}
