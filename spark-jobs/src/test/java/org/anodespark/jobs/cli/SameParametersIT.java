/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.anodespark.jobs.cli.SubmitScript.Outcome;
import org.anodespark.jobs.testing.SmallHdfs;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * One seed and one number of workers give one network: whatever Spark runs on, wherever the files
 * are, as often as it is trained.
 */
@Tag("cluster")
@Timeout(900)
class SameParametersIT {
  private static final int RUNS = 3;

  @TempDir private static Path shared;

  private static MiniDFSCluster hdfs;
  private static SmallStandalone standalone;
  private static SmallYarn yarn;

  /** What the first training with a number of workers came to. */
  private static final Map<Integer, byte[]> PARAMETERS = new HashMap<>();

  /** What runs a training. */
  private enum Cluster {
    THREADS {
      @Override
      List<String> arguments(String run, String data, String workers) {
        List<String> arguments = new ArrayList<>(ClusterTraining.arguments(run, data, workers));
        arguments.addAll(List.of("--master", "local[2]"));
        return arguments;
      }
    },
    LOCAL_CLUSTER {
      @Override
      List<String> arguments(String run, String data, String workers) {
        return ClusterTraining.arguments(run, data, workers);
      }
    },
    STANDALONE {
      @Override
      List<String> arguments(String run, String data, String workers) {
        return standalone.arguments(run, data, workers);
      }
    },
    YARN {
      @Override
      List<String> arguments(String run, String data, String workers) {
        return SmallYarn.arguments(run, data, workers);
      }
    };

    abstract List<String> arguments(String run, String data, String workers);
  }

  @BeforeAll
  static void startClusters() throws Exception {
    hdfs = SmallHdfs.start(shared.resolve("hdfs"));
    yarn = SmallYarn.start(shared);
    standalone = SmallStandalone.start(shared, "--cores", "2");
  }

  @AfterAll
  static void stopClusters() throws Exception {
    if (standalone != null) {
      standalone.close();
    }
    if (yarn != null) {
      yarn.close();
    }
    if (hdfs != null) {
      hdfs.shutdown();
    }
  }

  private static Stream<Arguments> places() {
    return Stream.of(Cluster.values())
        .flatMap(
            cluster ->
                Stream.of("file", "hdfs")
                    .flatMap(
                        scheme ->
                            Stream.of(1, 2, 5)
                                .map(workers -> Arguments.of(cluster, scheme, workers))));
  }

  @ParameterizedTest(name = "{0}, {1}:, workers: {2}")
  @MethodSource("places")
  void eachTrainingComesToTheSameParameters(Cluster cluster, String scheme, int workers)
      throws Exception {
    String root = scheme.equals("hdfs") ? hdfs.getURI().toString() : shared.toUri().toString();
    for (int i = 0; i < RUNS; i++) {
      String run = root + "/runs/" + cluster + "-" + workers + "-" + i;
      List<String> arguments =
          cluster.arguments(run, root + "/builtin-data", "averaging.workers=" + workers);

      Outcome outcome = yarn.submit(shared).run(arguments.toArray(String[]::new));

      assertThat(outcome.status()).as(outcome.errors() + outcome.output()).isZero();
      byte[] parameters = parameters(run);
      assertThat(parameters).isEqualTo(PARAMETERS.computeIfAbsent(workers, any -> parameters));
    }
  }

  private static byte[] parameters(String run) throws IOException {
    org.apache.hadoop.fs.Path model = new org.apache.hadoop.fs.Path(run, "model.zip");
    FileSystem files = model.getFileSystem(hdfs.getConfiguration(0));
    try (InputStream in = files.open(model)) {
      return ClusterTraining.parameters(in.readAllBytes());
    }
  }
}
