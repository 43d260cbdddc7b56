/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.anodespark.jobs.failure.JobFailure;
import org.anodespark.jobs.testing.Latches;
import org.deeplearning4j.core.loader.DataSetLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.dataset.DataSet;

class PrefetchTest {
  private static final DataSet MINIBATCH = new DataSet();

  /** Paths in the order in which loading began. */
  private final List<String> begun = Collections.synchronizedList(new ArrayList<>());

  private final CountDownLatch bBegun = new CountDownLatch(1);
  private final CountDownLatch interrupted = new CountDownLatch(1);

  /** Loads everything. */
  private final DataSetLoader loader =
      source -> {
        begun.add(source.getPath());
        if (source.getPath().equals("b")) {
          bBegun.countDown();
        }
        return MINIBATCH;
      };

  /** Loads everything but b, which takes until the thread is interrupted. */
  private final DataSetLoader hangingAtB =
      source -> {
        DataSet minibatch = loader.load(source);
        if (source.getPath().equals("b")) {
          try {
            new CountDownLatch(1).await();
          } catch (InterruptedException e) {
            interrupted.countDown();
            throw new InterruptedIOException();
          }
        }
        return minibatch;
      };

  @Test
  void theNextMinibatchIsLoadedBeforeItIsAskedFor() throws IOException {
    try (Prefetch prefetch = new Prefetch(loader, List.of("a", "b"))) {
      prefetch.load("a");
      Latches.await(bBegun);
    }
  }

  @Test
  void theFirstMinibatchIsLoadedBeforeItIsAskedFor() {
    Prefetch prefetch = new Prefetch(loader, List.of("b"));
    Latches.await(bBegun);
    prefetch.close();
  }

  @Test
  void eachMinibatchIsLoadedOnce() throws IOException {
    try (Prefetch prefetch = new Prefetch(loader, List.of("a", "b", "c"))) {
      for (String path : List.of("a", "b", "c")) {
        assertThat(prefetch.load(path)).isSameAs(MINIBATCH);
      }
    }
    assertThat(begun).containsExactly("a", "b", "c");
  }

  @Test
  void onlyOneMinibatchIsLoadedAhead() throws IOException {
    try (Prefetch prefetch = new Prefetch(loader, List.of("a", "b", "c"))) {
      prefetch.load("a");
      Latches.await(bBegun);
      finishWhatIsRequested();
      assertThat(begun).containsExactly("a", "b");
    }
  }

  @Test
  void aMinibatchThatWasNotAnnouncedIsLoadedAllTheSame() throws IOException {
    try (Prefetch prefetch = new Prefetch(loader, List.of("a"))) {
      assertThat(prefetch.load("x")).isSameAs(MINIBATCH);
      assertThat(prefetch.load("a")).isSameAs(MINIBATCH);
      assertThat(prefetch.load("a")).isSameAs(MINIBATCH);
    }
    assertThat(begun).containsExactlyInAnyOrder("a", "x", "a");
  }

  static Stream<Throwable> failures() {
    return Stream.of(
        new IOException("the file system is gone"),
        JobFailure.badConfiguration("The shard is damaged."),
        new OutOfMemoryError("Java heap space"));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void aFailureReachesWhoeverAsksForThatMinibatch(Throwable failure) throws IOException {
    DataSetLoader failingAtB =
        source -> {
          DataSet minibatch = loader.load(source);
          if (source.getPath().equals("b")) {
            throwUnchecked(failure);
          }
          return minibatch;
        };
    try (Prefetch prefetch = new Prefetch(failingAtB, List.of("a", "b"))) {
      assertThat(prefetch.load("a")).isSameAs(MINIBATCH);
      Latches.await(bBegun);
      assertThat(catchThrowable(() -> prefetch.load("b"))).isSameAs(failure);
    }
  }

  @Test
  void nobodyWaitsForTheMinibatchOfAnother() throws IOException {
    List<Thread> threads = Collections.synchronizedList(new ArrayList<>());
    DataSetLoader noting =
        source -> {
          threads.add(Thread.currentThread());
          return MINIBATCH;
        };
    Prefetch hanging = new Prefetch(hangingAtB, List.of("b"));
    Latches.await(bBegun);
    try (Prefetch other = new Prefetch(noting, List.of("x", "y"))) {
      assertThat(other.load("x")).isSameAs(MINIBATCH);
      assertThat(other.load("y")).isSameAs(MINIBATCH);
    }
    assertThat(threads).containsExactly(Thread.currentThread(), Thread.currentThread());
    hanging.close();
  }

  @Test
  void closingInterruptsWhatIsBeingLoaded() throws IOException {
    try (Prefetch prefetch = new Prefetch(hangingAtB, List.of("a", "b"))) {
      prefetch.load("a");
      Latches.await(bBegun);
    }
    Latches.await(interrupted);
  }

  @Test
  void closingForgetsWhatIsNotBegun() {
    Prefetch hanging = new Prefetch(hangingAtB, List.of("b"));
    Latches.await(bBegun);
    new Prefetch(loader, List.of("x")).close();
    hanging.close();
    finishWhatIsRequested();
    assertThat(begun).containsExactly("b");
  }

  @Test
  void nothingIsLoadedAheadAfterClosing() throws IOException {
    Prefetch prefetch = new Prefetch(loader, List.of("a", "b"));
    prefetch.close();
    assertThat(prefetch.load("x")).isSameAs(MINIBATCH);
    finishWhatIsRequested();
    assertThat(begun).doesNotContain("b");
  }

  @Test
  void anInterruptedThreadWaitsNoLongerAndNeitherDoesTheOneThatLoads() throws IOException {
    try (Prefetch prefetch = new Prefetch(hangingAtB, List.of("a", "b"))) {
      prefetch.load("a");
      Latches.await(bBegun);
      Thread.currentThread().interrupt();

      assertThatThrownBy(() -> prefetch.load("b"))
          .isInstanceOf(InterruptedIOException.class)
          .hasMessage("interrupted while loading b");

      assertThat(Thread.interrupted()).as("the thread still knows").isTrue();
      Latches.await(interrupted);
    }
  }

  /** Returns when all that was requested of the thread that loads ahead is done. */
  private static void finishWhatIsRequested() {
    CountDownLatch done = new CountDownLatch(1);
    DataSetLoader last =
        source -> {
          done.countDown();
          return MINIBATCH;
        };
    Prefetch prefetch = new Prefetch(last, List.of("last"));
    Latches.await(done);
    prefetch.close();
  }

  @SuppressWarnings("unchecked")
  private static <E extends Throwable> void throwUnchecked(Throwable failure) throws E {
    throw (E) failure;
  }
}
