/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipFile;
import org.anodespark.jobs.failure.ExitCode;
import org.anodespark.jobs.failure.JobFailure;
import org.anodespark.jobs.testing.TinyData;
import org.anodespark.jobs.testing.TinyNetworks;
import org.anodespark.odelayers.EvolvedWeights;
import org.apache.hadoop.conf.Configuration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

class ModelFileTest {
  @TempDir Path folder;

  private static ComputationGraph trained() {
    ComputationGraph network = TinyNetworks.ode(new Adam(0.01), DataType.FLOAT);
    network.fit(TinyData.of(List.of(1, 2, 3, 4, 5)));
    network.fit(TinyData.of(List.of(6, 7, 8)));
    return network;
  }

  @Test
  void whatIsReadComputesWhatWasWritten() throws IOException {
    ComputationGraph network = trained();
    DataSet data = TinyData.of(List.of(11, 12, 13));

    SavedModel model = read(write(network, true));

    assertThat(model.network().outputSingle(data.getFeatures()))
        .isEqualTo(network.outputSingle(data.getFeatures()));
    assertThat(model.description()).contains(TinyData.DESCRIPTION);
    assertThat(model.network().getIterationCount()).isEqualTo(2);
  }

  @Test
  void trainingGoesOnAsIfNothingHadHappened() throws IOException {
    ComputationGraph network = trained();
    ComputationGraph read = read(write(network, true)).network();

    read.fit(TinyData.of(List.of(9, 10)));
    network.fit(TinyData.of(List.of(9, 10)));

    assertThat(read.params()).isEqualTo(network.params());
  }

  @Test
  void withoutTheUpdatersStateItBeginsAnew() throws IOException {
    ComputationGraph read = read(write(trained(), false)).network();

    assertThat(read.getUpdater().getStateViewArray().norm1Number().doubleValue()).isZero();
  }

  @Test
  void readsWhatModelSerializerWrites() throws IOException {
    ComputationGraph network = trained();
    Path file = folder.resolve("model.zip");
    ModelSerializer.writeModel(network, file.toFile(), true);

    SavedModel model = read(file);

    assertThat(model.network().params()).isEqualTo(network.params());
    assertThat(model.network().getUpdater().getStateViewArray())
        .isEqualTo(network.getUpdater().getStateViewArray());
    assertThat(model.description()).isEmpty();
  }

  @Test
  void modelSerializerReadsWhatIsWritten() throws IOException {
    ComputationGraph network = trained();

    ComputationGraph restored =
        ModelSerializer.restoreComputationGraph(write(network, true).toFile(), true);

    assertThat(restored.params()).isEqualTo(network.params());
  }

  @Test
  void holdsTheWeightsThatPredictWhereTheyEvolveBeforeTheState() throws IOException {
    ComputationGraph network = TinyNetworks.evolving();
    network.getLayer("ode").getParam("0.reaction").assign(0.5);
    Path file = write(network, false);

    SavedModel model = read(file);

    assertThat(model.network().params()).isEqualTo(network.params());
    assertThat(model.predictor().numParams()).isLessThan(network.numParams());
    assertThat(model.predictor().params())
        .isEqualTo(EvolvedWeights.of(network).orElseThrow().params());
    try (ZipFile zip = new ZipFile(file.toFile())) {
      assertThat(zip.getEntry("evolvedCoefficients.bin")).isNotNull();
    }
  }

  @Test
  void evolvesTheWeightsOfAModelThatHasOnlyThoseAtTheStart() throws IOException {
    ComputationGraph network = TinyNetworks.evolving();
    network.getLayer("ode").getParam("0.reaction").assign(0.5);
    Path file = folder.resolve("model.zip");
    ModelSerializer.writeModel(network, file.toFile(), true);

    assertThat(read(file).predictor().params())
        .isEqualTo(EvolvedWeights.of(network).orElseThrow().params());
  }

  @Test
  void predictsByTheNetworkItselfWhereNothingEvolves() throws IOException {
    SavedModel model = read(write(trained(), true));

    assertThat(model.predictor()).isSameAs(model.network());
  }

  @Test
  void readsNetworksOfDoubles() throws IOException {
    ComputationGraph network = TinyNetworks.ode(new Adam(0.01), DataType.DOUBLE);

    assertThat(read(write(network, true)).network().params()).isEqualTo(network.params());
  }

  @Test
  void aRunsFolderStandsForItsModel() throws IOException {
    ComputationGraph network = trained();
    write(network, true);

    SavedModel model = read(folder);

    assertThat(model.network().params()).isEqualTo(network.params());
    assertThat(model.file()).isEqualTo("file:" + folder.resolve("model.zip"));
  }

  @Test
  void anArraysEntryIsAsLongAsItSaysBeforeItIsWritten() throws IOException {
    INDArray row = trained().params();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Nd4j.write(row, new DataOutputStream(bytes));

    ArrayEntry entry = new ArrayEntry(row.length(), DataType.FLOAT);

    assertThat(entry.bytes()).isEqualTo(bytes.size());
    assertThat(entry.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()))))
        .isEqualTo(row);
  }

  /** A layer of a user's. */
  public static final class OwnLayer extends ActivationLayer {
    private static final long serialVersionUID = 1L;

    public OwnLayer() {
      super(Activation.SOFTSIGN);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "org.anodespark.jobs.model.ModelFileTest$OwnLayer",
        "org.anodespark.jobs.model.ModelFileTest",
        "org.anodespark.jobs.model",
        "org.anodespark.jobs"
      })
  void aLayerOfOnesOwnIsTakenIfItIsNamed(String name) throws IOException {
    ComputationGraph network = withOwnLayer();

    ComputationGraph read = read(write(network, true), List.of("com.example", name)).network();

    assertThat(((LayerVertex) read.getConfiguration().getVertices().get("own")).getLayerConf())
        .extracting(NeuralNetConfiguration::getLayer)
        .isInstanceOf(OwnLayer.class);
    // one input each: Deeplearning4j's activation layers work in place
    assertThat(read.outputSingle(TinyData.of(List.of(1, 2)).getFeatures()))
        .isEqualTo(network.outputSingle(TinyData.of(List.of(1, 2)).getFeatures()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "com.example",
        "org.anodespark.jobs.mod",
        "org.anodespark.jobs.model.ModelFileTest$Own",
        "org.anodespark.jobs.model.ModelFileTest$OwnLayer$Inner"
      })
  void aLayerThatIsNotNamedIsRefused(String other) throws IOException {
    Path file = write(withOwnLayer(), true);

    assertThatThrownBy(() -> read(file, List.of(other)))
        .isInstanceOfSatisfying(
            JobFailure.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.BAD_CONFIGURATION))
        .hasMessageContaining("names the class \"" + OwnLayer.class.getName() + "\"")
        .hasMessageContaining("if it is yours, name it in model.allowed-classes");
  }

  private static ComputationGraph withOwnLayer() {
    ComputationGraph network =
        new ComputationGraph(
            new NeuralNetConfiguration.Builder()
                .seed(42)
                .graphBuilder()
                .addInputs("input")
                .setInputTypes(InputType.feedForward(TinyData.INPUTS))
                .addLayer("own", new OwnLayer(), "input")
                .addLayer(
                    "output",
                    new OutputLayer.Builder(LossFunction.MCXENT)
                        .nOut(TinyData.CLASSES)
                        .activation(Activation.SOFTMAX)
                        .build(),
                    "own")
                .setOutputs("output")
                .build());
    network.init();
    return network;
  }

  private SavedModel read(Path path) {
    return read(path, List.of());
  }

  private SavedModel read(Path path, List<String> allowedClasses) {
    return ModelFile.read("evaluate.model", path.toString(), allowedClasses, new Configuration());
  }

  private Path write(ComputationGraph network, boolean updaterState) throws IOException {
    Path file = folder.resolve("model.zip");
    try (var out = Files.newOutputStream(file)) {
      ModelFile.write(network, Optional.of(TinyData.DESCRIPTION), updaterState, out);
    }
    return file;
  }
}
