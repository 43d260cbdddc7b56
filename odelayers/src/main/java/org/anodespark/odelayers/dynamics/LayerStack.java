/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.dynamics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.anodespark.odelayers.failure.FailureReason;
import org.anodespark.odelayers.failure.OdeSolveException;
import org.anodespark.odelayers.kernel.Jet;
import org.anodespark.odelayers.kernel.KernelBackend;
import org.anodespark.odelayers.layer.BufferedLayer;
import org.anodespark.odelayers.layer.TimeChannelLayer;
import org.anodespark.odelayers.layer.TimedLayer;
import org.anodespark.odelayers.layer.TimedPasses;
import org.anodespark.odelayers.memory.ArrayPool;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * DL4J layers, one after the other, as an autonomous vector field f(y; theta); only a {@link
 * TimedLayer} sees the time. A {@link TimeInput} makes a field of it that depends on time, some of
 * them from the stack that gives the time {@linkplain #withTimeInEveryLayer to its layers}. The
 * argument of the first layer may have another shape than the result of the last one, for such
 * fields.
 *
 * <p>A {@link BufferedLayer} works on pooled buffers without copies. Any other DL4J layer remembers
 * only its latest call, so its input is kept instead and it is activated again right before its
 * backward pass: the numbers are the same, at the price of one more pass through that layer.
 *
 * <p>Taylor coefficients are those of {@code BufferedDense}, {@code ChannelsLastConvolution} and
 * {@code BufferedActivation}, in the type of the states whatever that between the layers is; other
 * layers have none.
 *
 * <p>Vector-Jacobian products are those of the layers. Jacobian-vector products are exact for
 * buffered layers; DL4J's own layers have none, so theirs is a central difference of that layer
 * alone, with a relative error of about 4e-11 in double and 2e-5 in single precision where the
 * layer is smooth, and two more passes through it.
 */
public final class LayerStack implements VectorField, AutoCloseable {
  private static final LayerWorkspaceMgr NO_WORKSPACES = LayerWorkspaceMgr.noWorkspacesImmutable();

  private final List<Layer> layers;
  private final boolean training;
  private final ArrayPool pool;
  private final ParameterGradient parameterGradient;

  /** Type of the arrays between the layers. */
  private final DataType images;

  /** Whether layers that can take the time do. */
  private final boolean timed;

  /** One for each layer; null for a layer that is not buffered. */
  private final List<TimedPasses> passes;

  private LayerStack withTime;

  /** Whether evaluations are noted for running statistics. */
  private boolean observing;

  private LayerStack(
      List<Layer> layers,
      boolean training,
      ParameterGradient parameterGradient,
      DataType images,
      boolean timed,
      ArrayPool pool) {
    this(
        layers,
        training,
        parameterGradient,
        images,
        timed,
        pool,
        layers.stream().map(layer -> passes(layer, timed, pool)).toList());
  }

  private LayerStack(
      List<Layer> layers,
      boolean training,
      ParameterGradient parameterGradient,
      DataType images,
      boolean timed,
      ArrayPool pool,
      List<TimedPasses> passes) {
    this.layers = List.copyOf(layers);
    this.images = images;
    this.timed = timed;
    this.training = training;
    this.parameterGradient = parameterGradient;
    this.pool = pool;
    this.passes = passes;
  }

  private static TimedPasses passes(Layer layer, boolean timed, ArrayPool pool) {
    if (timed && layer instanceof TimeChannelLayer takesTime) {
      return takesTime.passesWithTime(pool);
    }
    if (layer instanceof TimedLayer itself) {
      return itself.timedPasses(pool);
    }
    return layer instanceof BufferedLayer buffered
        ? TimedPasses.atAllTimes(buffered.passes(pool))
        : null;
  }

  private boolean takesTime(Layer layer) {
    return timed && layer instanceof TimeChannelLayer;
  }

  /**
   * A field for training: batch normalisation uses the batch's statistics, evaluations can be kept.
   *
   * @param layers the layers, first to last; the last one's output has the shape of the first one's
   *     input
   * @param parameterGradient where pullbacks add up; never attached if the layers have no
   *     parameters
   * @param pool lends the buffers, of the type of the states
   */
  public static LayerStack forTraining(
      List<Layer> layers, ParameterGradient parameterGradient, ArrayPool pool) {
    return forTraining(layers, parameterGradient, pool.dataType(), pool);
  }

  /**
   * As {@link #forTraining(List, ParameterGradient, ArrayPool)}.
   *
   * @param images type of the arrays between the layers: that of the states, or another one if all
   *     layers are buffered
   */
  public static LayerStack forTraining(
      List<Layer> layers, ParameterGradient parameterGradient, DataType images, ArrayPool pool) {
    return new LayerStack(layers, true, parameterGradient, images, false, pool);
  }

  /**
   * A field for prediction: batch normalisation uses running statistics. Kept evaluations, which
   * implicit methods ask for, have Jacobian-vector products but no pullbacks.
   */
  public static LayerStack forInference(List<Layer> layers, ArrayPool pool) {
    return forInference(layers, pool.dataType(), pool);
  }

  /**
   * As {@link #forInference(List, ArrayPool)}.
   *
   * @param images type of the arrays between the layers: that of the states, or another one if all
   *     layers are buffered
   */
  public static LayerStack forInference(List<Layer> layers, DataType images, ArrayPool pool) {
    return new LayerStack(layers, false, new ParameterGradient(), images, false, pool);
  }

  /**
   * The same layers as a field f(t, y; theta) that gives the time to every {@link
   * TimeChannelLayer}; the same one at each call, closed with this stack.
   */
  LayerStack withTimeInEveryLayer() {
    if (withTime == null) {
      withTime = new LayerStack(layers, training, parameterGradient, images, true, pool);
      if (observing) {
        withTime.observeEvaluations();
      }
    }
    return withTime;
  }

  /**
   * From now on {@link #evaluate} notes what running statistics need for {@link #writeObserved}:
   * for strategies whose pullbacks are of other evaluations than those of the forward solve.
   */
  public void observeEvaluations() {
    observing = true;
    if (withTime != null) {
      withTime.observeEvaluations();
    }
  }

  /**
   * Overwrites what running statistics have in the gradient views of the layers by what was
   * observed, if anything was.
   */
  public void writeObserved() {
    allPasses().forEach(TimedPasses::writeObserved);
  }

  /** Those of buffered layers, with and without the time. */
  private Stream<TimedPasses> allPasses() {
    return Stream.concat(
        passes.stream().filter(Objects::nonNull),
        withTime == null ? Stream.empty() : withTime.allPasses());
  }

  /** Shares everything but the limit at jumps; not closed for itself, and observes nothing. */
  @Override
  public VectorField backwards() {
    return new LayerStack(
        layers,
        training,
        parameterGradient,
        images,
        timed,
        pool,
        passes.stream().map(each -> each == null ? null : each.backwards()).toList());
  }

  /** Gives back what parameters were copied to; kept evaluations are of no use afterwards. */
  @Override
  public void close() {
    allPasses().forEach(TimedPasses::close);
  }

  @Override
  public void evaluate(double t, INDArray y, INDArray out) {
    INDArray x = argument(y);
    for (int i = 0; i < layers.size(); i++) {
      INDArray statistics = observing ? borrowStatistics(layers.get(i), x) : null;
      INDArray next = forward(i, t, x, out, statistics);
      if (statistics != null) {
        passes.get(i).at(t).observe(statistics);
        pool.giveBack(statistics);
      }
      if (x != y) {
        pool.giveBack(x);
      }
      x = next;
    }
  }

  /**
   * y itself, or a borrowed copy: where the layers want another type, and where DL4J's layers may
   * work in place, on input for prediction.
   */
  private INDArray argument(INDArray y) {
    if (y.dataType() != images) {
      INDArray converted = pool.borrow(images, y.shape());
      convert(y, converted);
      return converted;
    }
    if (training || layers.get(0) instanceof BufferedLayer) {
      return y;
    }
    INDArray copy = pool.borrow(y.shape());
    copy.assign(y);
    return copy;
  }

  private static void convert(INDArray from, INDArray to) {
    KernelBackend.kernels(DataType.FLOAT).conversion().convert(from, to);
  }

  @Override
  public KeptEvaluation evaluateAndKeep(double t, INDArray y, INDArray out) {
    List<INDArray> activations = new ArrayList<>(layers.size() + 1);
    List<INDArray> statistics = new ArrayList<>(layers.size());
    INDArray argument = argument(y);
    boolean converted = argument.dataType() != y.dataType();
    activations.add(converted ? argument : y);
    for (int i = 0; i < layers.size(); i++) {
      INDArray x = i == 0 ? argument : activations.get(i);
      INDArray kept = borrowStatistics(layers.get(i), x);
      activations.add(forward(i, t, x, out, kept));
      statistics.add(kept);
    }
    if (argument != activations.get(0)) {
      pool.giveBack(argument);
    }
    return new StackEvaluation(t, activations, statistics, converted);
  }

  @Override
  public Jet jet(double time, double rate) {
    List<Jet> jets = new ArrayList<>(layers.size());
    for (int i = 0; i < layers.size(); i++) {
      int index = i;
      jets.add(
          Optional.ofNullable(passes.get(i))
              .flatMap(each -> each.jet(time, rate))
              .orElseThrow(() -> withoutJet(index)));
    }
    return new StackJet(jets);
  }

  private OdeSolveException withoutJet(int i) {
    return new OdeSolveException(
        FailureReason.UNSUPPORTED_COMBINATION,
        describe(i)
            + " of the dynamics has no Taylor coefficients, which TaylorRegularization and"
            + " JacobianFrobenius need; use BufferedDense, ChannelsLastConvolution and"
            + " BufferedActivation, or leave these regularisers out.");
  }

  @Override
  public INDArray parameterGradient() {
    return training ? parameterGradient.sum() : null;
  }

  @Override
  public String locateNonFinite(double t, INDArray y) {
    INDArray out = pool.borrow(y.shape());
    INDArray x = argument(y);
    String where = "";
    for (int i = 0; i < layers.size() && where.isEmpty(); i++) {
      INDArray next = forward(i, t, x, out, null);
      if (!Double.isFinite(next.norm1Number().doubleValue())) {
        where = describe(i);
      }
      if (x != y) {
        pool.giveBack(x);
      }
      x = next;
    }
    if (x != out) {
      pool.giveBack(x);
    }
    pool.giveBack(out);
    return where;
  }

  /** Whether the layers take the last axis for the channels, instead of axis 1. */
  boolean hasChannelsLast() {
    return ChannelAxis.isLast(layers.stream().map(layer -> layer.conf().getLayer()).toList());
  }

  private String describe(int i) {
    Layer layer = layers.get(i);
    return "layer " + i + " (" + layer.conf().getLayer().getClass().getSimpleName() + ")";
  }

  private INDArray borrowStatistics(Layer layer, INDArray x) {
    if (training && hasStatistics(layer)) {
      return pool.borrow(((BufferedLayer) layer).statisticsShape(x));
    }
    return null;
  }

  private static boolean hasStatistics(Layer layer) {
    return layer instanceof BufferedLayer buffered && buffered.hasStatistics();
  }

  /** Runs layer i; the last one writes into {@code out}, the others into borrowed buffers. */
  private INDArray forward(int i, double t, INDArray x, INDArray out, INDArray statistics) {
    Layer layer = layers.get(i);
    boolean last = i == layers.size() - 1;
    if (layer instanceof BufferedLayer buffered) {
      long[] shape = outputShape(buffered, x);
      INDArray y = last ? requireShape(shape, out) : pool.borrow(images, shape);
      passes.get(i).at(t).forward(x, y, statistics, training);
      return y;
    }
    INDArray activated = layer.activate(x, training, NO_WORKSPACES);
    INDArray y = last ? requireShape(activated.shape(), out) : pool.borrow(activated.shape());
    y.assign(activated);
    return y;
  }

  private long[] outputShape(BufferedLayer layer, INDArray x) {
    return takesTime(layer)
        ? ((TimeChannelLayer) layer).outputShapeWithTime(x.shape())
        : layer.outputShape(x.shape());
  }

  private INDArray requireShape(long[] shape, INDArray out) {
    if (!Arrays.equals(shape, out.shape())) {
      throw new OdeSolveException(
          FailureReason.WRONG_SHAPE,
          "the vector field turns a state of shape "
              + Arrays.toString(out.shape())
              + " into "
              + Arrays.toString(shape)
              + ", with "
              + describe(layers.size() - 1)
              + " as its last layer; dy/dt must have the shape of y.");
    }
    return out;
  }

  private void requireTraining() {
    if (!training) {
      throw new IllegalStateException(
          "An evaluation for prediction has no pullback; activate the network in training.");
    }
  }

  /** The jets of the layers, one after the other. */
  private final class StackJet implements Jet {
    private final List<Jet> jets;
    private final List<INDArray> hidden = new ArrayList<>();

    /** Of the inputs of the layers. */
    private final List<long[]> shapes = new ArrayList<>();

    StackJet(List<Jet> jets) {
      this.jets = jets;
    }

    @Override
    public void next(INDArray y, INDArray out) {
      INDArray x = y;
      shapes.clear();
      for (int i = 0; i < jets.size(); i++) {
        shapes.add(x.shape());
        long[] shape = outputShape((BufferedLayer) layers.get(i), x);
        INDArray result = out;
        if (i < jets.size() - 1) {
          result = pool.borrow(shape);
          hidden.add(result);
        } else {
          requireShape(shape, out);
        }
        jets.get(i).next(x, result);
        x = result;
      }
    }

    @Override
    public void pullback(INDArray cotangent, INDArray out) {
      requireTraining();
      INDArray dy = cotangent;
      for (int i = jets.size() - 1; i >= 0; i--) {
        INDArray dx = i == 0 ? out : pool.borrow(shapes.get(i));
        jets.get(i).pullback(dy, dx);
        if (dy != cotangent) {
          pool.giveBack(dy);
        }
        dy = dx;
      }
      parameterGradient.addView(1.0);
    }

    @Override
    public void close() {
      jets.forEach(Jet::close);
      hidden.forEach(pool::giveBack);
      hidden.clear();
    }
  }

  private final class StackEvaluation implements KeptEvaluation {
    private final double t;
    private final List<INDArray> activations;
    private final List<INDArray> statistics;
    private final boolean ownsArgument;
    private boolean closed;

    /**
     * @param ownsArgument whether the first activation is a copy of this evaluation's
     */
    StackEvaluation(
        double t, List<INDArray> activations, List<INDArray> statistics, boolean ownsArgument) {
      this.t = t;
      this.activations = activations;
      this.statistics = statistics;
      this.ownsArgument = ownsArgument;
    }

    /** What this evaluation keeps besides an argument and a result that belong to others. */
    private List<INDArray> ownActivations() {
      return activations.subList(ownsArgument ? 0 : 1, activations.size() - 1);
    }

    @Override
    public void pullback(INDArray cotangent, double parameterScale, INDArray out) {
      requireTraining();
      INDArray dy = cotangent;
      for (int i = layers.size() - 1; i >= 0; i--) {
        INDArray dx = i == 0 ? out : pool.borrow(images, activations.get(i).shape());
        backward(i, dy, dx, parameterScale != 0.0);
        if (dy != cotangent) {
          pool.giveBack(dy);
        }
        dy = dx;
      }
      if (parameterScale != 0.0) {
        parameterGradient.addView(parameterScale);
      }
    }

    @Override
    public void pushforward(INDArray tangent, INDArray out) {
      INDArray dx = ownsArgument ? argument(tangent) : tangent;
      for (int i = 0; i < layers.size(); i++) {
        boolean last = i == layers.size() - 1;
        INDArray dy = last ? out : pool.borrow(images, activations.get(i + 1).shape());
        pushforward(i, dx, dy);
        if (dx != tangent) {
          pool.giveBack(dx);
        }
        dx = dy;
      }
    }

    private void pushforward(int i, INDArray dx, INDArray dy) {
      Layer layer = layers.get(i);
      INDArray x = activations.get(i);
      if (layer instanceof BufferedLayer && (training || !hasStatistics(layer))) {
        passes.get(i).at(t).pushforward(x, activations.get(i + 1), statistics.get(i), dx, dy);
      } else {
        // with running statistics a normalisation is affine, and its difference exact but for
        // rounding
        CentralDifference.along(shifted -> activated(i, shifted), x, dx, dy, pool);
      }
    }

    /** The result of layer i, in an array that its next call may overwrite. */
    private INDArray activated(int i, INDArray x) {
      if (layers.get(i) instanceof TimedLayer timedLayer) {
        INDArray y = Nd4j.createUninitialized(x.dataType(), timedLayer.outputShape(x.shape()));
        passes.get(i).at(t).forward(x, y, null, training);
        return y;
      }
      return layers.get(i).activate(x, training, NO_WORKSPACES);
    }

    private void backward(int i, INDArray dy, INDArray dx, boolean ofParameters) {
      Layer layer = layers.get(i);
      INDArray x = activations.get(i);
      if (layer instanceof BufferedLayer) {
        passes
            .get(i)
            .at(t)
            .backward(x, activations.get(i + 1), statistics.get(i), dy, dx, ofParameters);
      } else {
        layer.activate(x, true, NO_WORKSPACES);
        dx.assign(layer.backpropGradient(dy, NO_WORKSPACES).getSecond());
      }
    }

    @Override
    public boolean readsResult() {
      return layers.get(layers.size() - 1) instanceof BufferedLayer last && last.readsOutput();
    }

    @Override
    public long keptBytes() {
      long bytes = 0;
      for (INDArray activation : ownActivations()) {
        bytes += ArrayPool.bytes(activation);
      }
      for (INDArray statistic : statistics) {
        bytes += statistic == null ? 0 : ArrayPool.bytes(statistic);
      }
      return bytes;
    }

    @Override
    public void close() {
      if (closed) {
        return;
      }
      closed = true;
      ownActivations().forEach(pool::giveBack);
      for (INDArray statistic : statistics) {
        if (statistic != null) {
          pool.giveBack(statistic);
        }
      }
    }
  }
}
