/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.PhantomReference;
import java.lang.ref.ReferenceQueue;
import org.nd4j.linalg.factory.Nd4j;

/** What ND4J's library has allocated for arrays in this process. */
public final class NativeBytes {
  /** Collections in a row that free next to nothing, after which there is nothing left to free. */
  private static final int FRUITLESS = 10;

  /** After so many it is enough, whatever other tests have left behind that trickles away. */
  private static final int COLLECTIONS = 25;

  private static final int MOST_COLLECTIONS = 1000;

  private static final long NEXT_TO_NOTHING = 1L << 16;

  private static final int MILLISECONDS = 10_000;

  private NativeBytes() {}

  /**
   * The bytes of arrays that somebody can still reach. The others live until the threads of ND4J
   * that free them have come to them, which takes some collections.
   */
  public static long inUse() throws InterruptedException {
    long least = Long.MAX_VALUE;
    int fruitless = 0;
    for (int i = 0; i < COLLECTIONS && fruitless < FRUITLESS; i++) {
      long now = afterCollection();
      fruitless = now < least - NEXT_TO_NOTHING ? 0 : fruitless + 1;
      least = Math.min(least, now);
    }
    return least;
  }

  /**
   * Returns when no more than that is in use, however long the threads that free take on a busy
   * machine.
   */
  public static void assertComeDownTo(long most) throws InterruptedException {
    long now = afterCollection();
    for (int i = 0; i < MOST_COLLECTIONS && now > most; i++) {
      now = afterCollection();
    }
    assertThat(now).isLessThanOrEqualTo(most);
  }

  private static long afterCollection() throws InterruptedException {
    ReferenceQueue<Object> collected = new ReferenceQueue<>();
    PhantomReference<Object> witness = new PhantomReference<>(new Object(), collected);
    System.gc();
    assertThat(collected.remove(MILLISECONDS)).isSameAs(witness);
    return Nd4j.getEnvironment().getDeviceCouner(0);
  }
}
