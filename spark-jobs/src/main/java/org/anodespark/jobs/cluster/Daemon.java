/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.cluster;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.anodespark.jobs.process.ProcessStart;

/**
 * One process of a cluster, as its file remembers it.
 *
 * @param file names the process
 * @param pid its number
 * @param started when it started; a later process of the same number is another one
 * @param facts what else is remembered of it
 */
record Daemon(Path file, long pid, Instant started, Map<String, String> facts) {
  private static final long SECONDS_TO_END = 20;
  private static final String PID = "pid";
  private static final String STARTED = "started";

  Daemon {
    facts = Map.copyOf(facts);
  }

  /** Writes down a process that has just been started. */
  static Daemon remember(Path file, ProcessHandle process, Map<String, String> facts) {
    Instant started = process.info().startInstant().orElseGet(Instant::now);
    Properties properties = new Properties();
    properties.setProperty(PID, Long.toString(process.pid()));
    properties.setProperty(STARTED, started.toString());
    properties.putAll(facts);
    try (Writer writer = Files.newBufferedWriter(file)) {
      properties.store(writer, null);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Daemon(file, process.pid(), started, facts);
  }

  /** Reads what {@link #remember} wrote. */
  static Daemon read(Path file) {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      properties.load(reader);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    long pid = Long.parseLong((String) properties.remove(PID));
    Instant started = Instant.parse((String) properties.remove(STARTED));
    Map<String, String> facts =
        properties.stringPropertyNames().stream()
            .collect(Collectors.toMap(name -> name, name -> properties.getProperty(name)));
    return new Daemon(file, pid, started, facts);
  }

  /** Whether the process still runs. */
  boolean alive() {
    return process().isPresent();
  }

  private Optional<ProcessHandle> process() {
    return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).filter(this::isTheSame);
  }

  private boolean isTheSame(ProcessHandle process) {
    return process
        .info()
        .startInstant()
        .map(start -> ProcessStart.same(start, started))
        .orElse(false);
  }

  /** Ends the process, and those that it has started, and forgets it. */
  void end() {
    process()
        .ifPresent(
            process -> {
              List<ProcessHandle> children = process.descendants().toList();
              process.destroy();
              awaitEnd(process);
              // a worker ends its executors itself, unless it was killed
              children.forEach(ProcessHandle::destroy);
              children.forEach(Daemon::awaitEnd);
            });
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whoever does not end when told to is killed. */
  private static void awaitEnd(ProcessHandle process) {
    try {
      process.onExit().get(SECONDS_TO_END, TimeUnit.SECONDS);
    } catch (TimeoutException late) {
      process.destroyForcibly();
      process.onExit().join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }
}
