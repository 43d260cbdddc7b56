/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.apache.spark.resource.ResourceInformation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code conf/gpu-discovery.sh} with an nvidia-smi that says what the test wants. */
class GpuDiscoveryTest {
  private static final Path SCRIPT = Path.of("../conf/gpu-discovery.sh").toAbsolutePath();

  @TempDir private Path folder;

  @Test
  void sparkReadsTheAddressesOfAllGpus() throws Exception {
    assertThat(discover("printf '0\\n1\\n10\\n'")).containsExactly("0", "1", "10");
  }

  @Test
  void aMachineWithoutGpusHasNone() throws Exception {
    assertThat(discover("true")).isEmpty();
  }

  @Test
  void aMachineWithoutDriverIsAnError() throws Exception {
    SubmitScriptIT.script(folder.resolve("nvidia-smi"), "exit 9");
    assertThat(run().waitFor()).isNotZero();
  }

  private String[] discover(String answer) throws Exception {
    SubmitScriptIT.script(folder.resolve("nvidia-smi"), answer);
    Process script = run();
    String json = new String(script.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(script.waitFor()).isZero();
    ResourceInformation gpus = ResourceInformation.parseJson(json);
    assertThat(gpus.name()).isEqualTo("gpu");
    return gpus.addresses();
  }

  private Process run() throws Exception {
    ProcessBuilder builder = new ProcessBuilder("bash", SCRIPT.toString());
    builder.environment().merge("PATH", folder.toString(), (path, mine) -> mine + ":" + path);
    return builder.start();
  }
}
