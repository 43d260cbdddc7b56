/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.benchmarks.block;

import java.util.List;
import java.util.Set;
import org.anodespark.benchmarks.measurement.InterleavedRounds;
import org.anodespark.benchmarks.problem.BlockProblem;
import org.anodespark.benchmarks.problem.Strategies;

/**
 * What is measured.
 *
 * @param problems the blocks, at least one
 * @param strategies names of the strategies of odelayers, at least one
 * @param peers whom to compare with
 * @param python the interpreter that has PyTorch
 * @param threads of each contender, at least 1
 * @param rounds how often
 */
public record BlockSettings(
    List<BlockProblem> problems,
    List<String> strategies,
    Set<Peer> peers,
    String python,
    int threads,
    InterleavedRounds rounds) {
  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException if there is nothing to measure or no such strategy
   */
  public BlockSettings {
    problems = List.copyOf(problems);
    strategies = List.copyOf(strategies);
    peers = Set.copyOf(peers);
    if (problems.isEmpty() || strategies.isEmpty()) {
      throw new IllegalArgumentException("Nothing to measure: expected a block and a strategy.");
    }
    strategies.forEach(Strategies::of);
  }
}
