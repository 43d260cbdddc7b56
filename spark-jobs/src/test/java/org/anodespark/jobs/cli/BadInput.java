/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.anodespark.jobs.failure.ExitCode;

/**
 * A row of the table in {@link BadInputTest}: what somebody types in which circumstances, and what
 * comes of it.
 *
 * @param kind names the row
 * @param typed the words after {@code submit.sh}, with single blanks between them
 * @param circumstance what is bad about files and servers
 * @param code of the process
 * @param sentence all that is printed on the standard error stream, in which {@code <any>} stands
 *     for words that depend on the machine
 * @param rewritten names of files that tell of the latest attempt at a run, and may change
 */
record BadInput(
    String kind,
    String typed,
    Circumstance circumstance,
    ExitCode code,
    String sentence,
    Set<String> rewritten) {

  /** Makes a circumstance, which ends when what is returned is closed. */
  @FunctionalInterface
  interface Circumstance {
    AutoCloseable begin(Path folder) throws Exception;
  }

  /** Does something to files. */
  @FunctionalInterface
  interface Damage {
    void to(Path folder) throws Exception;
  }

  /** A command that is wrong whatever there is. */
  static BadInput of(String kind, String typed) {
    return new BadInput(kind, typed, folder -> () -> {}, null, null, Set.of());
  }

  /** With damaged files. */
  BadInput after(Damage damage) {
    return during(
        folder -> {
          damage.to(folder);
          return () -> {};
        });
  }

  /** While something is going on. */
  BadInput during(Circumstance bad) {
    return new BadInput(kind, typed, bad, code, sentence, rewritten);
  }

  /** Nothing else may change. */
  BadInput rewriting(String... names) {
    return new BadInput(kind, typed, circumstance, code, sentence, Set.of(names));
  }

  /** Exit code 2 with this sentence. */
  BadInput isRefused(String expected) {
    return ends(ExitCode.BAD_CONFIGURATION, expected);
  }

  BadInput ends(ExitCode expectedCode, String expected) {
    return new BadInput(kind, typed, circumstance, expectedCode, expected, rewritten);
  }

  /** The words that are typed. */
  List<String> words() {
    return List.of(typed.split(" "));
  }

  @Override
  public String toString() {
    return kind;
  }
}
