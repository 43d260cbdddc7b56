/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.listener;

import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.deeplearning4j.optimize.solvers.BaseOptimizer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks, while a network trains, whether its gradient is the gradient of its loss. After every
 * k-th backward pass, and before the updater sees the gradient, it is compared at the present
 * parameters and minibatch with
 *
 * <ul>
 *   <li>central differences of the loss along one random direction, and
 *   <li>the gradient of the same network with {@code FullStorage} in every ODE block, as a whole.
 * </ul>
 *
 * <p>The first comparison finds whatever is wrong with a backward pass, the second one says whether
 * an adjoint strategy is the reason. Both errors are logged at INFO, or at WARN with what to do
 * about it if one is above the threshold.
 *
 * <pre>{@code
 * GradientAudit audit = new GradientAudit.Builder().every(500).build();
 * network.setListeners(audit);
 * network.fit(data, epochs);
 * audit.latest().ifPresent(System.out::println);
 * }</pre>
 *
 * <p><b>What is compared.</b> The loss is DL4J's score in training mode, with the batch's own
 * statistics in batch normalisation, without regularisation terms: L1, L2 and weight decay join the
 * gradient in the updater only. Directions and errors leave out running statistics, whose
 * "gradients" are updates, and frozen layers.
 *
 * <p><b>The training goes on as without it</b>, to the bit: all is computed in copies of the
 * network, and directions come from a random generator of the audit's own. The copies go by way of
 * the configuration's JSON, so the network must be one that can be saved.
 *
 * <p><b>What to expect.</b> Strategies whose exactness is {@code EXACT} have an error of exactly 0
 * to FullStorage. The differences are taken in double precision whatever the type of the network,
 * with steps of 1e-6 of the parameters' norm. With smooth activation functions they agree with a
 * double network's gradient to 1e-7 or better, and with a float network's gradient to the
 * gradient's own rounding, mostly 1e-7 to 1e-4; both errors grow where the gradient is next to
 * nothing, as at the end of a training. Rectifiers that change sides within a step add up to about
 * 1e-3 in large networks; adaptive step control adds about its tolerance. The default threshold is
 * 1e-5 for double and 2e-2 for all other types.
 *
 * <p><b>What it costs.</b> An audited iteration takes one forward and backward pass with the memory
 * of {@code FullStorage} and two forward passes in double precision more, and twice the memory of
 * parameters and gradient. The solver's buffers stay in the thread's pool afterwards.
 *
 * <p><b>What it refuses</b>, with an {@code IllegalStateException} at the first audited iteration:
 * networks whose loss is no function of parameters and minibatch, by dropout, weight noise, random
 * activation functions, or truncated backpropagation through time.
 *
 * <p>For gradient descent as DL4J does it by default; an optimiser with line searches is audited at
 * every gradient that it computes in the iteration. Not thread-safe but for {@link #latest}: one
 * audit belongs to one network.
 */
public final class GradientAudit extends BaseTrainingListener {
  private final int every;
  private final long seed;
  private final Double threshold;
  private final Consumer<Result> consumer;
  private final Logger log;
  private volatile Result latest;
  private INDArray[] labels;

  private GradientAudit(Builder builder) {
    every = builder.every;
    seed = builder.seed;
    threshold = builder.threshold;
    consumer = builder.consumer;
    log = builder.log;
  }

  /**
   * What one audit found.
   *
   * @param iteration index of the iteration, from 0
   * @param directionalDerivative of the loss by the gradient that the training uses, along a random
   *     direction of length 1
   * @param centralDifference the same by central differences
   * @param fullStorage the same by the gradient with FullStorage
   * @param relativeErrorToDifferences |a - b| / max(|a|, |b|) of directional derivative and central
   *     difference, from 0 to 2; NaN if one of them is
   * @param relativeErrorToFullStorage |g - r| / |r| of the whole gradients g of the training and r
   *     with FullStorage; NaN if a number in them is
   */
  public record Result(
      int iteration,
      double directionalDerivative,
      double centralDifference,
      double fullStorage,
      double relativeErrorToDifferences,
      double relativeErrorToFullStorage) {}

  /** The result of the latest audit; empty before the first one. May be called by any thread. */
  public Optional<Result> latest() {
    return Optional.ofNullable(latest);
  }

  /**
   * Notes the labels of an iteration that will be audited; DL4J calls this first.
   *
   * @throws IllegalStateException if the network's configuration makes the loss random
   */
  @Override
  public void onBackwardPass(Model model) {
    if (isDue(model)) {
      RepeatableLoss.require(model);
      labels = Replica.labelsIn(model);
    }
  }

  /**
   * Audits the gradient if it is this iteration's turn.
   *
   * @throws IllegalStateException if the loss comes out differently when computed again
   * @throws IllegalArgumentException if the model is neither {@code MultiLayerNetwork} nor {@code
   *     ComputationGraph}
   * @throws org.anodespark.odelayers.failure.OdeSolveException if a solve at slightly moved
   *     parameters fails
   */
  @Override
  public void onGradientCalculation(Model model) {
    if (!isDue(model)) {
      return;
    }
    Result result;
    try (MemoryWorkspace ignored = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
      result = audit(model, BaseOptimizer.getIterationCount(model));
    }
    labels = null;
    latest = result;
    report(AuditReport.of(result, threshold(model.params().dataType()), model));
    consumer.accept(result);
  }

  private boolean isDue(Model model) {
    return BaseOptimizer.getIterationCount(model) % every == 0;
  }

  private Result audit(Model model, int iteration) {
    DataType dataType = model.params().dataType();
    INDArray gradient = Replica.gradientIn(model);
    INDArray reference;
    INDArray derivatives;
    try (Replica replica = Replica.of(model, labels, dataType)) {
      replica.useFullStorage();
      reference = replica.gradient();
      RepeatableLoss.requireAgreement(model.score(), replica.network().score(), dataType);
      derivatives = replica.derivatives();
    }
    gradient.muli(derivatives);
    reference.muli(derivatives);
    INDArray direction = direction(derivatives, iteration);
    double directional = dot(gradient, direction);
    double difference;
    try (Replica replica = Replica.of(model, labels, DataType.DOUBLE)) {
      difference = replica.centralDifference(direction);
    }
    return new Result(
        iteration,
        directional,
        difference,
        dot(reference, direction),
        relative(
            Math.abs(directional - difference),
            Math.max(Math.abs(directional), Math.abs(difference))),
        relative(gradient.distance2(reference), reference.norm2Number().doubleValue()));
  }

  /** Normally distributed in the entries that are derivatives, of length 1. */
  private INDArray direction(INDArray derivatives, int iteration) {
    Random random = new Random(31 * seed + iteration);
    double[] entries = new double[Math.toIntExact(derivatives.length())];
    Arrays.setAll(entries, i -> random.nextGaussian());
    INDArray direction = Nd4j.createFromArray(entries).muli(derivatives);
    return direction.divi(direction.norm2Number());
  }

  private static double dot(INDArray a, INDArray b) {
    return a.mul(b).sumNumber().doubleValue();
  }

  private static double relative(double error, double size) {
    return error == 0.0 ? 0.0 : error / size;
  }

  private double threshold(DataType dataType) {
    if (threshold != null) {
      return threshold;
    }
    return dataType == DataType.DOUBLE ? 1e-5 : 2e-2;
  }

  private void report(AuditReport report) {
    if (!report.passed()) {
      log.warn("{} {}", report.summary(), report.advice());
    } else if (log.isInfoEnabled()) {
      log.info("{}", report.summary());
    }
  }

  /** Builds an audit; every setting has a default. */
  public static final class Builder {
    private int every = 100;
    private long seed = 1;
    private Double threshold;
    private Consumer<Result> consumer = result -> {};
    private Logger log = LoggerFactory.getLogger(GradientAudit.class);

    /**
     * @param iterations k, at least 1, 100 by default: iterations 0, k, 2k ... are audited
     * @throws IllegalArgumentException if it is less than 1
     */
    public Builder every(int iterations) {
      every = Intervals.check(iterations);
      return this;
    }

    /**
     * @param seed what the directions are drawn from, together with the iteration; 1 by default
     */
    public Builder seed(long seed) {
      this.seed = seed;
      return this;
    }

    /**
     * @param relativeError largest relative error, to differences and to FullStorage, that is not
     *     worth a warning; above 0; by default 1e-5 for networks in double precision, else 2e-2
     * @throws IllegalArgumentException if it is not above 0
     */
    public Builder threshold(double relativeError) {
      if (!(relativeError > 0.0)) {
        throw new IllegalArgumentException(
            "threshold is " + relativeError + ", expected a relative error above 0, e.g. 0.01.");
      }
      threshold = relativeError;
      return this;
    }

    /**
     * @param consumer receives every result, in the thread that trains; none by default
     */
    public Builder consumer(Consumer<Result> consumer) {
      this.consumer = consumer;
      return this;
    }

    /**
     * @param log where results go, by default under this class's name
     */
    public Builder log(Logger log) {
      this.log = log;
      return this;
    }

    /** The audit, ready for {@code setListeners}. */
    public GradientAudit build() {
      return new GradientAudit(this);
    }
  }
}
