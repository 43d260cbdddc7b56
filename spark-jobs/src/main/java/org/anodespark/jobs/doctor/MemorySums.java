/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.anodespark.jobs.config.SparkMaster;
import org.anodespark.jobs.config.SparkSettings;

/** What the processes of a training may take together, beside what their machines have. */
final class MemorySums {
  private final SparkSettings settings;
  private final SparkMaster master;
  private final Map<String, Machine> machines = new TreeMap<>();

  private record Machine(long mebibytes, long needed, int processes) {}

  MemorySums(SparkSettings settings, SparkMaster master) {
    this.settings = settings;
    this.master = master;
  }

  /**
   * Counts the driver.
   *
   * @param machineMebibytes memory of the machine that it is on
   */
  void driver(String host, long machineMebibytes) {
    add(
        host,
        machineMebibytes,
        settings.driverHeapMebibytes() + settings.driverOverheadMebibytes(master));
  }

  /**
   * Counts an executor.
   *
   * @param machineMebibytes memory of the machine that it is on
   */
  void executor(String host, long machineMebibytes) {
    if (!master.worksInDriver()) {
      add(
          host,
          machineMebibytes,
          settings.executorHeapMebibytes() + settings.executorOverheadMebibytes());
    }
  }

  private void add(String host, long machineMebibytes, long needed) {
    machines.merge(
        host,
        new Machine(machineMebibytes, needed, 1),
        (one, other) ->
            new Machine(one.mebibytes, one.needed + other.needed, one.processes + other.processes));
  }

  /** A finding for each machine. */
  List<Finding> findings() {
    List<Finding> findings = new ArrayList<>();
    machines.forEach(
        (host, machine) -> {
          String sum =
              "%s: %d processes may take %d MiB (heap, native memory, Java's own), there are %d"
                  .formatted(host, machine.processes, machine.needed, machine.mebibytes);
          findings.add(
              machine.needed <= machine.mebibytes
                  ? Finding.sound("memory", sum)
                  : Finding.unsound(
                      "memory",
                      sum
                          + ": set spark.native-mebibytes, a heap or spark.executors lower, or use more machines"));
        });
    return findings;
  }
}
