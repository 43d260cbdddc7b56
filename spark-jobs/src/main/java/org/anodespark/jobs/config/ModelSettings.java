/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.config;

import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.anodespark.jobs.block.BlockKinds;
import org.anodespark.jobs.block.FieldNormalizations;
import org.anodespark.jobs.block.Precisions;
import org.anodespark.jobs.block.PublishedNetwork;
import org.anodespark.jobs.failure.JobFailure;

/**
 * Section {@code model}.
 *
 * @param network one of {@link #NETWORKS}
 * @param widths of {@link #RESIDUAL}: channels of the three stages, each at least 1
 * @param blocksPerStage of {@link #RESIDUAL}: ODE blocks in each stage, at least 1
 * @param normalization of {@link #RESIDUAL} and {@link PublishedNetwork}: one of {@link
 *     FieldNormalizations}
 * @param blocks of {@link PublishedNetwork}: one of {@link BlockKinds}
 * @param dense of {@link #DENSE}
 * @param augmented of {@link #AUGMENTED}
 * @param block how the ODE blocks are solved and differentiated
 * @param batchNormDecay in (0, 1)
 * @param precision one of {@link Precisions}: in which type images are kept and convolved
 * @param allowedClasses classes, or packages with all below, that model files may name beside those
 *     that every network is made of
 */
public record ModelSettings(
    String network,
    List<Integer> widths,
    int blocksPerStage,
    String normalization,
    String blocks,
    DenseSettings dense,
    AugmentedSettings augmented,
    BlockSettings block,
    double batchNormDecay,
    String precision,
    List<String> allowedClasses) {
  /** The {@link #network} with ODE blocks in three stages. */
  public static final String RESIDUAL = "residual";

  /** The {@link #network} with one ODE of dense layers. */
  public static final String DENSE = "dense";

  /** The {@link #network} with one ODE on images with more channels. */
  public static final String AUGMENTED = "augmented";

  /** All networks. */
  public static final List<String> NETWORKS =
      Stream.concat(
              Stream.of(RESIDUAL, DENSE, AUGMENTED), PublishedNetwork.CHOICES.names().stream())
          .toList();

  private static final int STAGES = 3;

  /** With a dot: a top-level name such as {@code com} would stand for half of all classes. */
  private static final Predicate<String> CLASS_OR_PACKAGE =
      Pattern.compile("[A-Za-z_]\\w*(\\.[A-Za-z_$][\\w$]*)+").asMatchPredicate();

  public ModelSettings {
    widths = List.copyOf(widths);
    allowedClasses = List.copyOf(allowedClasses);
  }

  static ModelSettings from(SettingReader reader) {
    ModelSettings model =
        new ModelSettings(
            reader.choice("model.network", NETWORKS),
            reader.wholeNumbers("model.widths", STAGES, 1),
            reader.wholeNumber("model.blocks-per-stage", 1),
            reader.choice("model.normalization", FieldNormalizations.CHOICES.names()),
            reader.choice("model.blocks", BlockKinds.CHOICES.names()),
            DenseSettings.from(reader),
            AugmentedSettings.from(reader),
            BlockSettings.from(reader),
            reader.number(
                "model.batch-norm-decay",
                decay -> decay > 0 && decay < 1,
                "a number between 0 and 1, both excluded"),
            reader.choice("model.precision", Precisions.CHOICES.names()),
            reader.texts(
                "model.allowed-classes",
                CLASS_OR_PACKAGE,
                "a list of full names of classes or packages, as in [com.example.layers]"));
    if (model.normalization.equals(FieldNormalizations.PER_STEP) && model.block.steps() == 0) {
      throw JobFailure.badConfiguration(
          "model.normalization is "
              + FieldNormalizations.PER_STEP
              + " and model.block.steps is 0: expected a number of equal steps, at least 1, each of"
              + " which gets a batch norm of its own.");
    }
    if (model.normalization.equals(FieldNormalizations.PER_STEP)
        && model.block.regularizers().steerHalfWidth() > 0) {
      throw JobFailure.badConfiguration(
          "model.normalization is "
              + FieldNormalizations.PER_STEP
              + " and model.block.regularizers.steer.half-width is "
              + model.block.regularizers().steerHalfWidth()
              + ": expected 0, since an end time that varies leaves no step its place in time; or"
              + " another norm.");
    }
    if (model.block.evolution().any() && !model.evolves()) {
      throw JobFailure.badConfiguration(
          "model.block.evolution.kind is "
              + model.block.evolution().kind()
              + ", but no ODE block of model.network = "
              + model.network
              + " with model.blocks = "
              + model.blocks
              + " has convolutions without the time beside their input: expected none, or ODE blocks"
              + " in another network.");
    }
    return model;
  }

  /** Whether there are weights that could evolve with time. */
  private boolean evolves() {
    return network.equals(RESIDUAL)
        || (PublishedNetwork.CHOICES.names().contains(network) && BlockKinds.ODE.equals(blocks));
  }
}
