/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.config;

import java.util.List;
import java.util.stream.Stream;
import org.anodespark.jobs.block.StochasticMethods;
import org.anodespark.jobs.failure.JobFailure;

/**
 * Section {@code experiment}.
 *
 * @param task one of {@link #TASKS}: what each cell does
 * @param iterations of all tasks but {@link #IMAGES}, at least 1
 * @param stochasticSolver of {@link #SPIRAL_SDE}: one of {@link StochasticMethods}
 * @param methods what is compared, of all that are declared those that {@code experiment.only}
 *     names; empty where the job is another one
 * @param networks on what it is compared, likewise; empty for the network of the other settings
 * @param seeds with which each pair is run, rising
 * @param baseline name of the method that the others are held against, of all that are declared;
 *     empty only without any
 * @param published figures from elsewhere, to stand beside ours
 * @param timings how often a prediction is timed, at least 1
 */
public record ExperimentSettings(
    String task,
    int iterations,
    String stochasticSolver,
    List<Variant> methods,
    List<Variant> networks,
    List<Integer> seeds,
    String baseline,
    List<PublishedFigure> published,
    int timings) {
  /** The {@link #task} of the job train. */
  public static final String IMAGES = "images";

  /** The {@link #task} of learning a spiral. */
  public static final String SPIRAL_ODE = "spiral-ode";

  /** The {@link #task} of learning a spiral with noise. */
  public static final String SPIRAL_SDE = "spiral-sde";

  /** The {@link #task} of filling gaps in irregular time series. */
  public static final String LATENT_ODE = "latent-ode";

  /** The {@link #task} of comparing the gradients of an adjoint strategy with the exact ones. */
  public static final String ADJOINT_ERRORS = "adjoint-errors";

  /** All tasks. */
  public static final List<String> TASKS =
      List.of(IMAGES, SPIRAL_ODE, SPIRAL_SDE, LATENT_ODE, ADJOINT_ERRORS);

  public ExperimentSettings {
    methods = List.copyOf(methods);
    networks = List.copyOf(networks);
    seeds = List.copyOf(seeds);
    published = List.copyOf(published);
  }

  static ExperimentSettings from(SettingReader reader) {
    List<Variant> methods = reader.variants("experiment.methods");
    List<Variant> networks = reader.variants("experiment.networks");
    List<String> only = reader.texts("experiment.only");
    requireKnown(only, methods, networks);
    return new ExperimentSettings(
        reader.choice("experiment.task", TASKS),
        reader.wholeNumber("experiment.iterations", 1),
        reader.choice("experiment.stochastic-solver", StochasticMethods.CHOICES.names()),
        chosen(only, methods),
        chosen(only, networks),
        reader.risingWholeNumbers("experiment.seeds", 0),
        baseline(reader.text("experiment.baseline"), methods),
        reader.list("experiment.published", PublishedFigure::of, PublishedFigure.EXPECTED),
        reader.wholeNumber("experiment.timings", 1));
  }

  /** Whether the cells need the images of {@code data.path}. */
  public boolean readsImages() {
    return task.equals(IMAGES) || task.equals(ADJOINT_ERRORS);
  }

  private static void requireKnown(
      List<String> only, List<Variant> methods, List<Variant> networks) {
    List<String> known =
        Stream.concat(methods.stream(), networks.stream()).map(Variant::name).toList();
    for (String name : only) {
      if (!known.contains(name)) {
        throw JobFailure.badConfiguration(
            "experiment.only has %s: expected names of experiment.methods and experiment.networks, which are %s."
                .formatted(name, String.join(", ", known)));
      }
    }
  }

  private static List<Variant> chosen(List<String> only, List<Variant> variants) {
    List<Variant> named =
        variants.stream().filter(variant -> only.contains(variant.name())).toList();
    return named.isEmpty() ? variants : named;
  }

  /** The one that is named, or else the first. */
  private static String baseline(String name, List<Variant> methods) {
    List<String> names = methods.stream().map(Variant::name).toList();
    if (name.isEmpty()) {
      return names.stream().findFirst().orElse("");
    }
    if (!names.contains(name)) {
      throw JobFailure.badConfiguration(
          "experiment.baseline is %s: expected one of experiment.methods, which are %s."
              .formatted(name, String.join(", ", names)));
    }
    return name;
  }
}
