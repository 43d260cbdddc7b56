/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;

/** Writes configuration beans and reads them again. */
public final class RoundTrip {
  private RoundTrip() {}

  /** Through the JSON of a network's configuration. */
  public static <T> T json(T bean, Class<T> declared) throws IOException {
    String json = NeuralNetConfiguration.mapper().writeValueAsString(bean);
    return NeuralNetConfiguration.mapper().readValue(json, declared);
  }

  /** Through Java's serialisation. */
  public static Object javaSerialisation(Object bean) throws IOException, ClassNotFoundException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(bean);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      return in.readObject();
    }
  }
}
