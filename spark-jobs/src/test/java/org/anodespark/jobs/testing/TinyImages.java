/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.testing;

import java.util.List;
import org.anodespark.jobs.model.ExampleFormat;
import org.anodespark.jobs.model.ModelDescription;

/** What {@link TinyNetworks#images()} takes: colour images of 4x5 pixels, of three classes. */
public final class TinyImages {
  public static final int HEIGHT = 4;
  public static final int WIDTH = 5;

  public static final ExampleFormat FORMAT =
      new ExampleFormat(
          HEIGHT,
          WIDTH,
          3,
          List.of(0.5, 0.25, 0.125),
          List.of(0.5, 0.25, 0.2),
          List.of("circle", "square", "a \"star\", five-pointed"));

  /** Of networks for these images. */
  public static final ModelDescription DESCRIPTION = new ModelDescription("tiny", "0", FORMAT);

  private TinyImages() {}
}
