/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.executor;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A network of the driver, as it was when it was sent, for tasks that compute its outputs. Each
 * task makes a network of its own.
 */
public final class SentNetwork implements Serializable, AutoCloseable {
  private static final long serialVersionUID = 1L;

  private final Broadcast<byte[]> content;

  private SentNetwork(Broadcast<byte[]> content) {
    this.content = content;
  }

  /** Sends configuration and parameters to the executors. */
  public static SentNetwork send(JavaSparkContext spark, ComputationGraph network) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    byte[] configuration = network.getConfiguration().toJson().getBytes(StandardCharsets.UTF_8);
    try {
      out.writeInt(configuration.length);
      out.write(configuration);
      Nd4j.write(network.params(), out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new SentNetwork(spark.broadcast(bytes.toByteArray()));
  }

  /** Makes the network, in a task. */
  public OpenedNetwork open() {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(content.value()));
    try {
      String configuration = new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8);
      ComputationGraph network =
          new ComputationGraph(ComputationGraphConfiguration.fromJson(configuration));
      network.init(Nd4j.read(in), false);
      return new OpenedNetwork(network);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Lets the executors forget it. */
  @Override
  public void close() {
    content.destroy();
  }

  /** The network of one task; closing it frees its parameters. */
  public static final class OpenedNetwork implements AutoCloseable {
    private final ComputationGraph network;

    private OpenedNetwork(ComputationGraph network) {
      this.network = network;
    }

    /**
     * What comes out, as in prediction.
     *
     * @param input a minibatch
     * @return a probability for each class and example, {@code [N, classes]}
     * @throws org.anodespark.jobs.failure.JobFailure with exit code 4 if one of them is not a
     *     number
     */
    public INDArray output(INDArray input) {
      return Probabilities.of(network, input);
    }

    @Override
    public void close() {
      network.params().close();
    }
  }
}
