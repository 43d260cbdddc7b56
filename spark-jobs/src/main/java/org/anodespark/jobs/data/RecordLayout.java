/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.data;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.io.Serializable;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.anodespark.jobs.failure.JobFailure;

/**
 * What the bytes of one record mean: first the labels, one byte each, then one plane of pixels per
 * channel (red, green, blue), each row by row from the top, one byte per pixel.
 *
 * @param height rows of an image
 * @param width columns of an image
 * @param channels planes of an image
 * @param recordBytes length of a record
 * @param labels the label bytes in the order of the record
 */
@JsonPropertyOrder({"height", "width", "channels", "record_bytes", "labels"})
public record RecordLayout(
    int height, int width, int channels, int recordBytes, List<LabelField> labels)
    implements Serializable {

  private static final int CIFAR_SIDE = 32;
  private static final int CIFAR_CHANNELS = 3;

  public RecordLayout {
    labels = List.copyOf(Objects.requireNonNull(labels, "labels"));
  }

  /**
   * One label byte.
   *
   * @param name what it is called, e.g. {@code fine}
   * @param offset its place in the record
   * @param classes names of the classes; a byte with value k means class k
   */
  @JsonPropertyOrder({"name", "offset", "classes"})
  public record LabelField(String name, int offset, List<String> classes) implements Serializable {
    public LabelField {
      Objects.requireNonNull(name, "name");
      classes = List.copyOf(Objects.requireNonNull(classes, "classes"));
    }
  }

  /** The layout of CIFAR's records: 32x32 pixels in three channels. */
  static RecordLayout cifar(List<LabelField> labels) {
    int bytes = labels.size() + CIFAR_CHANNELS * CIFAR_SIDE * CIFAR_SIDE;
    return new RecordLayout(CIFAR_SIDE, CIFAR_SIDE, CIFAR_CHANNELS, bytes, labels);
  }

  /** Offset of the first pixel. */
  int pixelOffset() {
    return labels.size();
  }

  /** Bytes of one plane. */
  int planeBytes() {
    return height * width;
  }

  /**
   * The label to learn.
   *
   * @param choice the setting {@code data.labels}; ignored where records have one label only
   * @throws JobFailure if no label has that name
   */
  public LabelField label(String choice) {
    if (labels.size() == 1) {
      return labels.get(0);
    }
    return labels.stream()
        .filter(label -> label.name().equals(choice))
        .findFirst()
        .orElseThrow(
            () ->
                JobFailure.badConfiguration(
                    "data.labels is \""
                        + choice
                        + "\", but the labels of this data set are: "
                        + labels.stream().map(LabelField::name).collect(Collectors.joining(", "))
                        + "."));
  }

  /**
   * Reads a label byte.
   *
   * @param where the record's file and number, for the message
   * @throws JobFailure if there is no class with that number
   */
  static int readLabel(LabelField field, byte[] bytes, int recordOffset, Place where) {
    int label = bytes[recordOffset + field.offset()] & 0xFF;
    if (label >= field.classes().size()) {
      throw JobFailure.badConfiguration(
          String.format(
              "%s: record %d has %s %d, expected 0 to %d; the file is damaged or of another"
                  + " format.",
              where.file(),
              where.record(),
              field.name().equals("label") ? "label" : field.name() + " label",
              label,
              field.classes().size() - 1));
    }
    return label;
  }

  /** Where a record lies, counted from 0. */
  record Place(Object file, long record) {}
}
