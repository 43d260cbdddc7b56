/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.cluster;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.anodespark.jobs.failure.ExitCode;
import org.anodespark.jobs.failure.JobFailure;

/**
 * A master and some workers of a standalone Spark on the loopback address of this machine, which
 * nobody else reaches. They go on when the process that started them ends.
 */
public final class TrialCluster {
  /** The address that all daemons bind to. */
  public static final String HOST = "127.0.0.1";

  private static final String PID_SUFFIX = ".pid";
  private static final String MASTER = "master";
  private static final String URL = "url";
  private static final String USER_INTERFACE = "user-interface";
  private static final Duration LIMIT = Duration.ofMinutes(3);
  private static final long MILLISECONDS_BETWEEN_LOOKS = 200;

  private final Path folder;
  private final SparkDaemons daemons;

  /**
   * Names a cluster, which may be running.
   *
   * @param folder of its files, absolute
   * @param sparkHome the Spark to start, absolute
   * @param java the program that starts Java
   */
  public TrialCluster(Path folder, Path sparkHome, Path java) {
    this.folder = folder;
    this.daemons = new SparkDaemons(sparkHome, java);
  }

  /**
   * A cluster that runs.
   *
   * @param url of the master, for Spark
   * @param userInterface of the master, for a browser
   * @param fresh whether it has been started just now
   */
  public record Running(String url, String userInterface, boolean fresh) {}

  /**
   * Starts what is not running and waits until all workers are there. What is left of a cluster
   * that has lost a process is ended first.
   *
   * @throws JobFailure with exit code 3 if a port is in use or a daemon does not come up, with exit
   *     code 2 if a cluster of another number of workers runs
   */
  public Running start(ClusterPlan plan) {
    return locked(
        () -> {
          List<Daemon> known = known();
          boolean whole =
              known.stream().anyMatch(TrialCluster::isMaster)
                  && known.stream().allMatch(Daemon::alive);
          if (whole) {
            return running(known, plan);
          }
          known.forEach(Daemon::end);
          return startAll(plan);
        });
  }

  /**
   * Ends all processes that {@link #start} began, and those that they began.
   *
   * @throws JobFailure with exit code 3 if there are none
   */
  public void stop() {
    if (!Files.isDirectory(folder)) {
      throw notRunning();
    }
    locked(
        () -> {
          List<Daemon> known = known();
          boolean alive = known.stream().anyMatch(Daemon::alive);
          // workers first: without a master they would look for it
          known.stream().sorted(Comparator.comparing(TrialCluster::isMaster)).forEach(Daemon::end);
          if (!alive) {
            throw notRunning();
          }
          return null;
        });
  }

  private JobFailure notRunning() {
    return new JobFailure(
        ExitCode.PREFLIGHT_FAILED,
        "No cluster is running that was started in %s: ./submit.sh cluster start starts one."
            .formatted(folder));
  }

  private Running running(List<Daemon> known, ClusterPlan plan) {
    int workers = known.size() - 1;
    if (workers != plan.workers()) {
      throw JobFailure.badConfiguration(
          "--workers is %d, but a cluster of %d workers is running: stop it with ./submit.sh cluster stop."
              .formatted(plan.workers(), workers));
    }
    Map<String, String> facts =
        known.stream().filter(TrialCluster::isMaster).findFirst().orElseThrow().facts();
    return new Running(facts.get(URL), facts.get(USER_INTERFACE), false);
  }

  private Running startAll(ClusterPlan plan) {
    int port = freePort(plan.port());
    int userInterfacePort = freePort(0);
    Running running =
        new Running(
            "spark://" + HOST + ":" + port, "http://" + HOST + ":" + userInterfacePort, true);
    List<Daemon> started = new ArrayList<>();
    try {
      started.add(
          start(
              MASTER,
              "org.apache.spark.deploy.master.Master",
              List.of(
                  "--host",
                  HOST,
                  "--port",
                  Integer.toString(port),
                  "--webui-port",
                  Integer.toString(userInterfacePort)),
              // on another port nobody would find it
              List.of("spark.port.maxRetries 0"),
              Map.of(URL, running.url(), USER_INTERFACE, running.userInterface())));
      for (int worker = 0; worker < plan.workers(); worker++) {
        started.add(startWorker(worker, plan, running.url()));
      }
      awaitWorkers(plan.workers(), running.userInterface(), started);
      return running;
    } catch (RuntimeException e) {
      started.forEach(Daemon::end);
      throw e;
    }
  }

  private Daemon startWorker(int index, ClusterPlan plan, String master) {
    String name = "worker-" + index;
    List<String> properties = new ArrayList<>();
    // finished applications leave a copy of the jar for each executor
    properties.add("spark.worker.cleanup.enabled true");
    properties.add("spark.worker.cleanup.interval 600");
    properties.add("spark.worker.cleanup.appDataTtl 86400");
    if (plan.gpus()) {
      Path resources = folder.resolve(name + "-resources.json");
      write(
          resources,
          "[{\"id\": {\"componentName\": \"spark.worker\", \"resourceName\": \"gpu\"}, \"addresses\": [\""
              + index
              + "\"]}]\n");
      properties.add("spark.worker.resource.gpu.amount 1");
      properties.add("spark.worker.resourcesFile " + resources);
    }
    return start(
        name,
        "org.apache.spark.deploy.worker.Worker",
        List.of(
            "--host",
            HOST,
            "--webui-port",
            "0",
            "--cores",
            Integer.toString(plan.coresPerWorker()),
            "--memory",
            plan.mebibytesPerWorker() + "m",
            "--work-dir",
            folder.resolve("work").resolve(name).toString(),
            master),
        properties,
        Map.of());
  }

  private Daemon start(
      String name,
      String main,
      List<String> arguments,
      List<String> properties,
      Map<String, String> facts) {
    Path propertiesFile = folder.resolve(name + ".properties");
    write(propertiesFile, String.join("\n", properties) + "\n");
    List<String> all = new ArrayList<>(List.of("--properties-file", propertiesFile.toString()));
    all.addAll(arguments);
    Path log = log(name);
    write(log, "");
    Process process = daemons.start(main, all, folder, log);
    try {
      return Daemon.remember(folder.resolve(name + PID_SUFFIX), process.toHandle(), facts);
    } catch (RuntimeException e) {
      // nobody would find it
      process.destroy();
      throw e;
    }
  }

  private void awaitWorkers(int workers, String userInterface, List<Daemon> started) {
    HttpClient client = HttpClient.newHttpClient();
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (aliveWorkers(client, userInterface) < workers) {
      for (Daemon daemon : started) {
        if (!daemon.alive()) {
          throw doesNotComeUp("%s has ended".formatted(name(daemon)), log(name(daemon)));
        }
      }
      if (System.nanoTime() > deadline) {
        throw doesNotComeUp(
            "not all of %d workers registered within %d s".formatted(workers, LIMIT.toSeconds()),
            log(MASTER));
      }
      pause();
    }
  }

  /** What the master's user interface tells, or -1 as long as there is none. */
  private static int aliveWorkers(HttpClient client, String userInterface) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(userInterface + "/json/"))
            .timeout(Duration.ofSeconds(10))
            .build();
    try {
      String state = client.send(request, HttpResponse.BodyHandlers.ofString()).body();
      return ConfigFactory.parseString(state).getInt("aliveworkers");
    } catch (IOException | ConfigException notYet) {
      return -1;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private static JobFailure doesNotComeUp(String what, Path log) {
    return new JobFailure(
        ExitCode.PREFLIGHT_FAILED,
        "The cluster does not come up: %s; its log, %s, says why.".formatted(what, log));
  }

  private static void pause() {
    try {
      Thread.sleep(MILLISECONDS_BETWEEN_LOOKS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  /** The port itself if it is free, or for 0 any that is. */
  private static int freePort(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new JobFailure(
          ExitCode.PREFLIGHT_FAILED,
          "Port %d of %s is in use: give another one with --port, or 0 for any that is free."
              .formatted(port, HOST),
          e);
    }
  }

  private List<Daemon> known() {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.getFileName().toString().endsWith(PID_SUFFIX))
          .sorted()
          .map(Daemon::read)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isMaster(Daemon daemon) {
    return name(daemon).equals(MASTER);
  }

  private static String name(Daemon daemon) {
    String file = daemon.file().getFileName().toString();
    return file.substring(0, file.length() - PID_SUFFIX.length());
  }

  private Path log(String name) {
    return folder.resolve(name + ".log");
  }

  /** One command at a time. */
  private <T> T locked(Supplier<T> action) {
    try {
      Files.createDirectories(folder);
      try (FileChannel channel =
              FileChannel.open(
                  folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          FileLock lock = channel.lock()) {
        return action.get();
      }
    } catch (IOException e) {
      throw new JobFailure(
          ExitCode.PREFLIGHT_FAILED,
          "The cluster's folder %s cannot be used (%s): name another one with --folder."
              .formatted(folder, e.getMessage()),
          e);
    }
  }

  private static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
