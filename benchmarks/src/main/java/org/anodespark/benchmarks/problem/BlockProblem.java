/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.benchmarks.problem;

import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.anodespark.examples.program.Require;

/**
 * The sizes of a block.
 *
 * @param channels of the images, at least 1
 * @param size rows and columns of the images, at least 1
 * @param batch images at once, at least 2
 * @param steps equal steps from t = 0 to t = 1, at least 1
 * @param method of the steps
 */
public record BlockProblem(int channels, int size, int batch, int steps, BlockMethod method) {
  private static final Pattern TEXT =
      Pattern.compile("(\\d{1,5})x(\\d{1,5})x(\\d{1,5})x(\\d{1,5})(-\\w+)?");

  /**
   * Checks the sizes.
   *
   * @throws IllegalArgumentException if one is out of its range, naming it
   */
  public BlockProblem {
    Require.atLeast(1, channels, "channels");
    Require.atLeast(1, size, "size");
    Require.atLeast(2, batch, "batch");
    Require.atLeast(1, steps, "steps");
  }

  /**
   * Reads what {@link #toString} writes.
   *
   * @throws IllegalArgumentException if the text is anything else
   */
  public static BlockProblem parse(String text) {
    Matcher matcher = TEXT.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "'"
              + text
              + "' is no block; expected CHANNELSxSIZExBATCHxSTEPS, e.g. 64x32x64x2, or with"
              + " a method behind it, 64x32x64x2-rk4.");
    }
    return new BlockProblem(
        Integer.parseInt(matcher.group(1)),
        Integer.parseInt(matcher.group(2)),
        Integer.parseInt(matcher.group(3)),
        Integer.parseInt(matcher.group(4)),
        matcher.group(5) == null ? BlockMethod.EULER : method(matcher.group(5).substring(1)));
  }

  private static BlockMethod method(String name) {
    return Arrays.stream(BlockMethod.values())
        .filter(method -> method.toString().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "'"
                        + name
                        + "' is no method; expected "
                        + Arrays.stream(BlockMethod.values())
                            .map(BlockMethod::toString)
                            .collect(Collectors.joining(" or "))
                        + "."));
  }

  /** The same block for another number of images. */
  public BlockProblem withBatch(int images) {
    return new BlockProblem(channels, size, images, steps, method);
  }

  /** Numbers in one state. */
  public int stateLength() {
    return Math.multiplyExact(Math.multiplyExact(batch, channels), Math.multiplyExact(size, size));
  }

  /** The length of a step. */
  public double stepLength() {
    return 1.0 / steps;
  }

  @Override
  public String toString() {
    return channels + "x" + size + "x" + batch + "x" + steps + "-" + method;
  }
}
