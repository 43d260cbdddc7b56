/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.train;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.anodespark.odelayers.solver.SolveStatistics;

/**
 * Sums over minibatches and rounds: of a round, an epoch or a whole training. As JSON, it is its
 * fields.
 */
@JsonAutoDetect(
    fieldVisibility = JsonAutoDetect.Visibility.ANY,
    getterVisibility = JsonAutoDetect.Visibility.NONE,
    isGetterVisibility = JsonAutoDetect.Visibility.NONE)
public final class Tally {
  private static final double NANOSECONDS_PER_SECOND = 1e9;

  private final SortedMap<String, ExecutorUsage> executors = new TreeMap<>();
  private final SortedMap<String, SolveStatistics> ode = new TreeMap<>();
  private int rounds;
  private long examples;
  private double lossTimesExamples;
  private double seconds;
  private double computeSeconds;
  private double availableSeconds;
  private double inputWaitSeconds;
  private double broadcastSeconds;
  private double setUpSeconds;
  private double averagingSeconds;
  private double idleSeconds;

  /** Adds a minibatch. */
  void add(MinibatchRecord record) {
    examples += record.examples();
    lossTimesExamples += record.loss() * record.examples();
    computeSeconds += record.computeNanos() / NANOSECONDS_PER_SECOND;
    inputWaitSeconds += record.waitNanos() / NANOSECONDS_PER_SECOND;
    setUpSeconds += record.setUpNanos() / NANOSECONDS_PER_SECOND;
    add(
        new ExecutorUsage(
            record.executor(),
            record.host(),
            record.kernels(),
            record.device(),
            record.examples(),
            record.residentBytes()));
    addStatistics(record.ode());
  }

  /**
   * Adds the time of a round.
   *
   * @param workersAtOnce how many of its workers could run at once
   * @param idleNanos of workers that were done before the slowest one, in all
   */
  void addTime(RoundTimes times, int workersAtOnce, long idleNanos) {
    rounds++;
    seconds += times.seconds();
    availableSeconds += times.seconds() * workersAtOnce;
    broadcastSeconds += times.broadcastSeconds() * workersAtOnce;
    averagingSeconds += times.averagingSeconds() * workersAtOnce;
    idleSeconds += idleNanos / NANOSECONDS_PER_SECOND;
  }

  /** A new tally of all that this one and another one hold. */
  Tally plus(Tally other) {
    Tally both = new Tally();
    both.add(this);
    both.add(other);
    return both;
  }

  private void add(Tally other) {
    rounds += other.rounds;
    examples += other.examples;
    lossTimesExamples += other.lossTimesExamples;
    seconds += other.seconds;
    computeSeconds += other.computeSeconds;
    availableSeconds += other.availableSeconds;
    inputWaitSeconds += other.inputWaitSeconds;
    broadcastSeconds += other.broadcastSeconds;
    setUpSeconds += other.setUpSeconds;
    averagingSeconds += other.averagingSeconds;
    idleSeconds += other.idleSeconds;
    other.executors.values().forEach(this::add);
    addStatistics(other.ode);
  }

  /** The number of rounds. */
  public int rounds() {
    return rounds;
  }

  /** Examples trained, counted by the executors. */
  public long examples() {
    return examples;
  }

  /** Mean loss of the examples, each at the time when it was trained; regularisation included. */
  public double trainLoss() {
    return lossTimesExamples / examples;
  }

  /** Wall-clock time of the rounds, averaging included, evaluation and checkpoints not. */
  public double seconds() {
    return seconds;
  }

  /** Examples trained per second of {@link #seconds()}. */
  public double imagesPerSecond() {
    return examples / seconds;
  }

  /**
   * The share of the time of the rounds in which workers did not compute: 1 - C / A, in [0, 1).
   *
   * <p>C is the time that workers spent in forward passes, backward passes and updates, added up
   * over all workers. A is the time that they could have spent: for each round, its wall-clock time
   * times the number of its workers that fit on the cluster at once, which is the smaller of its
   * number of workers and the number of task slots. What remains is divided in {@link #overhead()}.
   */
  public double overheadFraction() {
    return 1 - computeSeconds / availableSeconds;
  }

  /** What {@link #overheadFraction()} consists of. */
  public Overhead overhead() {
    double known =
        inputWaitSeconds + broadcastSeconds + setUpSeconds + averagingSeconds + idleSeconds;
    return new Overhead(
        inputWaitSeconds / availableSeconds,
        broadcastSeconds / availableSeconds,
        setUpSeconds / availableSeconds,
        averagingSeconds / availableSeconds,
        idleSeconds / availableSeconds,
        overheadFraction() - known / availableSeconds);
  }

  /** Time that workers waited for minibatches to be loaded, added up over all workers. */
  public double inputWaitSeconds() {
    return inputWaitSeconds;
  }

  /** Who trained how much, by id. */
  public List<ExecutorUsage> executors() {
    return List.copyOf(executors.values());
  }

  /** The most memory that one of these executors had in use, in bytes; 0 without any. */
  public long peakMemoryBytes() {
    return executors.values().stream().mapToLong(ExecutorUsage::peakMemoryBytes).max().orElse(0);
  }

  /**
   * How often minibatches went through the dynamics of an ODE block, in forward and backward
   * passes.
   */
  public long evaluations() {
    return ode.values().stream()
        .mapToLong(block -> block.forwardEvaluations() + block.recomputedEvaluations())
        .sum();
  }

  /** Steps of all ODE blocks that step control threw away. */
  public long rejectedSteps() {
    return ode.values().stream().mapToLong(SolveStatistics::rejectedSteps).sum();
  }

  /** What the ODE blocks counted, by name of the block. */
  public Map<String, SolveStatistics> ode() {
    return ode;
  }

  private void add(ExecutorUsage usage) {
    executors.merge(usage.id(), usage, ExecutorUsage::plus);
  }

  private void addStatistics(Map<String, SolveStatistics> others) {
    others.forEach((block, counts) -> ode.merge(block, counts, SolveStatistics::plus));
  }
}
