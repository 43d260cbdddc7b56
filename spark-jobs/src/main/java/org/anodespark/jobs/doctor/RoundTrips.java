/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.doctor;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.stream.Collectors;
import org.apache.spark.serializer.SerializerInstance;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import scala.reflect.ClassTag$;

/** Sends a network's layers through everything that they go through on Spark. */
final class RoundTrips {
  private static final String SUBJECT = "layers";

  private RoundTrips() {}

  /** The way of evaluations and of files. */
  static Finding json(ComputationGraphConfiguration network) {
    return compare(
        "JSON",
        // as text: a bean need not say that it equals another one
        comparable(network.toJson()),
        () -> comparable(ComputationGraphConfiguration.fromJson(network.toJson()).toJson()));
  }

  /**
   * Without a flag of Deeplearning4j's batch norm that it does not read back as it was written, and
   * that the layers of odelayers do not look at.
   */
  private static String comparable(String json) {
    return json.lines()
        .filter(line -> !line.contains("\"useLogStd\""))
        .collect(Collectors.joining("\n"));
  }

  /** The way of tasks. */
  static Finding java(ComputationGraphConfiguration network) {
    return compare("Java", network, () -> throughJava(network));
  }

  /**
   * The way of trainings.
   *
   * @param serializer that of the running Spark
   */
  static Finding spark(ComputationGraphConfiguration network, SerializerInstance serializer) {
    return compare(
        serializer.getClass().getSimpleName(),
        network,
        () ->
            serializer.deserialize(
                serializer.serialize(
                    network, ClassTag$.MODULE$.apply(ComputationGraphConfiguration.class)),
                ClassTag$.MODULE$.apply(ComputationGraphConfiguration.class)));
  }

  private static Finding compare(String way, Object sent, Trip trip) {
    String problem;
    try {
      problem = trip.goAndReturn().equals(sent) ? "" : "what comes out is another network";
    } catch (IOException | ClassNotFoundException | RuntimeException e) {
      problem = e.toString().lines().findFirst().orElse("");
    }
    return problem.isEmpty()
        ? Finding.sound(SUBJECT, "the network's layers travel by " + way)
        : Finding.unsound(
            SUBJECT,
            "by %s: %s; a layer's bean must be Serializable and have JSON properties for all that it holds"
                .formatted(way, problem));
  }

  private static ComputationGraphConfiguration throughJava(ComputationGraphConfiguration network)
      throws IOException, ClassNotFoundException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(network);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      return (ComputationGraphConfiguration) in.readObject();
    }
  }

  @FunctionalInterface
  private interface Trip {
    Object goAndReturn() throws IOException, ClassNotFoundException;
  }
}
