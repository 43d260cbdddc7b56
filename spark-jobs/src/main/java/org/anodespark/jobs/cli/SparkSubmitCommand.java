/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.anodespark.jobs.config.ResolvedSettings;
import org.anodespark.jobs.config.SettingSources;
import org.anodespark.jobs.config.SparkMaster;
import org.anodespark.jobs.config.SparkSecrets;
import org.anodespark.jobs.config.SparkSettings;

/**
 * What {@code submit.sh} runs.
 *
 * @param environment variables to set for spark-submit
 * @param groups the arguments of spark-submit; those that belong together, such as an option and
 *     its value, share a group
 */
record SparkSubmitCommand(Map<String, String> environment, List<List<String>> groups) {
  private static final String DRIVER = "org.anodespark.jobs.cli.Driver";
  private static final String MASTER_PROPERTY = "spark.master";
  private static final String MASTER_OPTION = "--master";
  private static final String DEPLOY_MODE_PROPERTY = "spark.submit.deployMode";
  private static final String DEPLOY_MODE_OPTION = "--deploy-mode";
  private static final String ON_CLUSTER = "cluster";
  private static final Pattern NEEDS_NO_QUOTES = Pattern.compile("[A-Za-z0-9_@%+=:,./-]+");

  /**
   * Puts the command together. Of one property, the user's {@code spark.conf} wins over ours, and
   * the user's arguments win over both.
   *
   * @param sources complete: the driver, which gets them as its arguments, adds nothing
   * @param resolved what they come to
   * @param allowedChanges settings that may differ from those of the run that is to be continued
   * @param userArguments what stood after {@code --}
   * @param inherited the environment of the launcher
   */
  static SparkSubmitCommand of(
      JobName job,
      SettingSources sources,
      ResolvedSettings resolved,
      List<String> allowedChanges,
      Installation installation,
      List<String> userArguments,
      Map<String, String> inherited) {
    SparkSettings spark = resolved.settings().spark();
    SparkMaster master = master(spark, userArguments);
    boolean driverOnCluster = deployMode(spark, userArguments).equals(ON_CLUSTER);
    SparkDefaults defaults = new SparkDefaults(spark, master, driverOnCluster, installation);
    Map<String, String> properties = defaults.properties(job);
    properties.remove(MASTER_PROPERTY);

    Map<String, String> environment = new TreeMap<>();
    environment.put("OMP_NUM_THREADS", Integer.toString(defaults.operationThreads()));
    if (master.onThisMachine()) {
      environment.put("SPARK_LOCAL_IP", inherited.getOrDefault("SPARK_LOCAL_IP", "127.0.0.1"));
    }

    List<List<String>> groups = new ArrayList<>();
    groups.add(List.of("--class", DRIVER));
    groups.add(List.of(MASTER_OPTION, master.url()));
    properties.forEach((name, value) -> groups.add(List.of("--conf", name + "=" + value)));
    if (!userArguments.isEmpty()) {
      groups.add(List.copyOf(userArguments));
    }
    groups.add(List.of(installation.jar().toString()));
    groups.add(List.of(job.typed()));
    // files of this machine do not reach a driver elsewhere
    SettingSources sent = driverOnCluster ? resolved.asOverrides() : sources;
    // the driver reads Spark's properties from Spark
    sent = sent.withoutSecrets();
    for (Path file : sent.files()) {
      groups.add(List.of("--conf", file.toString()));
    }
    for (String override : sent.overrides()) {
      groups.add(List.of("--set", override));
    }
    for (String key : allowedChanges) {
      groups.add(List.of("--allow-change", key));
    }
    return new SparkSubmitCommand(environment, groups);
  }

  private static SparkMaster master(SparkSettings spark, List<String> userArguments) {
    String master =
        spark.master().isEmpty() ? SparkMaster.localCluster(spark).url() : spark.master();
    return new SparkMaster(strongest(MASTER_PROPERTY, MASTER_OPTION, master, spark, userArguments));
  }

  private static String deployMode(SparkSettings spark, List<String> userArguments) {
    return strongest(DEPLOY_MODE_PROPERTY, DEPLOY_MODE_OPTION, "client", spark, userArguments);
  }

  /** What spark-submit is going to take: its option, or else the property, or else the default. */
  private static String strongest(
      String property,
      String option,
      String otherwise,
      SparkSettings spark,
      List<String> userArguments) {
    String assigned = property + "=";
    String value = spark.conf().getOrDefault(property, otherwise);
    for (int index = 0; index + 1 < userArguments.size(); index++) {
      String next = userArguments.get(index + 1);
      if (userArguments.get(index).equals("--conf") && next.startsWith(assigned)) {
        value = next.substring(assigned.length());
      }
    }
    for (int index = 0; index < userArguments.size(); index++) {
      String argument = userArguments.get(index);
      if (argument.startsWith(option + "=")) {
        value = argument.substring(option.length() + 1);
      } else if (argument.equals(option) && index + 1 < userArguments.size()) {
        value = userArguments.get(index + 1);
      }
    }
    return value;
  }

  /** Everything after {@code spark-submit}. */
  List<String> arguments() {
    return groups.stream().flatMap(List::stream).toList();
  }

  /**
   * The form that {@code submit.sh} reads: environment assignments, an empty item, arguments; each
   * item ends with a NUL character.
   */
  String nulSeparated() {
    Stream<String> items =
        Stream.of(assignments(), Stream.of(""), arguments().stream()).flatMap(part -> part);
    return items.map(item -> item + '\0').collect(Collectors.joining());
  }

  /** A command for people and for shells, with secrets masked: one group in each line. */
  String readable(Path sparkSubmit) {
    Stream<String> first =
        Stream.concat(
            assignments().map(SparkSubmitCommand::quoted),
            Stream.of(quoted(sparkSubmit.toString())));
    Stream<String> rest =
        groups.stream()
            .map(
                group ->
                    group.stream()
                        .map(SparkSecrets::mask)
                        .map(SparkSubmitCommand::quoted)
                        .collect(Collectors.joining(" ")));
    return Stream.concat(Stream.of(first.collect(Collectors.joining(" "))), rest)
        .collect(Collectors.joining(" \\\n  "));
  }

  private Stream<String> assignments() {
    return environment.entrySet().stream().map(entry -> entry.getKey() + "=" + entry.getValue());
  }

  private static String quoted(String argument) {
    return NEEDS_NO_QUOTES.matcher(argument).matches()
        ? argument
        : "'" + argument.replace("'", "'\\''") + "'";
  }
}
