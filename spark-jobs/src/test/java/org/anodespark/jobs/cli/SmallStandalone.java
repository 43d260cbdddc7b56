/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.anodespark.jobs.cli.SubmitScript.Outcome;

/** A standalone master with two workers, started by {@code submit.sh cluster}. */
final class SmallStandalone implements AutoCloseable {
  private final Path folder;
  private final String master;

  private SmallStandalone(Path folder, String master) {
    this.folder = folder;
    this.master = master;
  }

  /**
   * @param folder of its files, which are in {@code cluster} in it
   * @param options of {@code cluster start}
   */
  static SmallStandalone start(Path folder, String... options) throws Exception {
    List<String> arguments =
        new ArrayList<>(List.of("cluster", "start", "--port", "0", "--folder", "cluster"));
    arguments.addAll(List.of(options));
    Outcome started = SubmitScript.ofTheBuild(folder).run(arguments.toArray(String[]::new));
    assertThat(started.status()).as(started.errors()).isZero();
    Matcher url = Pattern.compile("spark://\\S+:\\d+").matcher(started.output());
    assertThat(url.find()).isTrue();
    return new SmallStandalone(folder, url.group());
  }

  String master() {
    return master;
  }

  /** {@link ClusterTraining#arguments} for executors of one thread each. */
  List<String> arguments(String run, String data, String... more) {
    List<String> settings = new ArrayList<>(List.of("spark.cores-per-executor=1"));
    settings.addAll(List.of(more));
    List<String> arguments =
        new ArrayList<>(ClusterTraining.arguments(run, data, settings.toArray(String[]::new)));
    arguments.addAll(List.of("--profile", "standalone", "--master", master));
    return arguments;
  }

  @Override
  public void close() throws Exception {
    SubmitScript.ofTheBuild(folder).run("cluster", "stop", "--folder", "cluster");
  }
}
