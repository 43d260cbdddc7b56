/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.data;

import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Names the examples of one minibatch. As a line of text it is an element of the RDD that
 * dl4j-spark's {@code fitPaths} takes; {@link ShardDataSetLoader} turns the line into a data set.
 *
 * @param split the part of the data set
 * @param augmentationSeed decides how the examples are mirrored and shifted; equal seeds, equal
 *     minibatches
 * @param examples indices of the examples within the split, in the order of the minibatch; at least
 *     one, each 0 or more, repetitions allowed
 */
public record MinibatchDescriptor(SplitName split, long augmentationSeed, List<Integer> examples) {

  private static final Pattern LINE =
      Pattern.compile("(\\w+)/(-?\\d{1,19})/(\\d{1,10}(,\\d{1,10})*)");

  public MinibatchDescriptor {
    Objects.requireNonNull(split, "split");
    examples = List.copyOf(examples);
    if (examples.isEmpty()) {
      throw new IllegalArgumentException("a minibatch without examples, expected at least one");
    }
    for (int example : examples) {
      if (example < 0) {
        throw new IllegalArgumentException("example index " + example + ", expected 0 or more");
      }
    }
  }

  /**
   * One line of text, e.g. {@code train/-8103/17,4,250}. It is also a relative URI without a
   * scheme, because dl4j-spark asks Hadoop for the file system of every element before it calls the
   * loader.
   */
  public String encode() {
    return examples.stream()
        .map(String::valueOf)
        .collect(Collectors.joining(",", split.text() + "/" + augmentationSeed + "/", ""));
  }

  /**
   * Reads what {@link #encode()} wrote.
   *
   * @throws IllegalArgumentException if the line is anything else
   */
  public static MinibatchDescriptor decode(String line) {
    var matcher = LINE.matcher(line);
    if (!matcher.matches()) {
      throw malformed(line, null);
    }
    try {
      return new MinibatchDescriptor(
          SplitName.of(matcher.group(1)).orElseThrow(() -> malformed(line, null)),
          Long.parseLong(matcher.group(2)),
          Stream.of(matcher.group(3).split(",", -1)).map(Integer::valueOf).toList());
    } catch (NumberFormatException e) {
      throw malformed(line, e);
    }
  }

  private static IllegalArgumentException malformed(String line, NumberFormatException cause) {
    return new IllegalArgumentException(
        "\"" + line + "\" is no minibatch, expected e.g. train/-8103/17,4,250", cause);
  }
}
