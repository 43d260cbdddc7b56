/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.benchmarks.contender;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.anodespark.benchmarks.problem.BlockProblem;
import org.anodespark.benchmarks.process.Child;
import org.anodespark.benchmarks.process.Installation;
import org.anodespark.benchmarks.process.Unavailable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PythonScriptTest {
  private static final Path PYTHON = Path.of("/usr/bin/python3");

  @TempDir private Path folder;

  @BeforeEach
  void needsPython() {
    assumeTrue(Files.isExecutable(PYTHON), "there is no " + PYTHON);
  }

  @Test
  void saysThatThereIsNoPyTorch() throws IOException, Unavailable {
    Files.writeString(folder.resolve("torch.py"), "raise ImportError('hidden by a test')");
    try (Child child = start()) {
      assertThatThrownBy(() -> child.prepare(BlockProblem.parse("2x3x2x1")))
          .isInstanceOf(Unavailable.class)
          .hasMessageStartingWith("PyTorch cannot be imported by ")
          .hasMessageEndingWith("hidden by a test");
    }
  }

  @Test
  void answersFailures() throws IOException, Unavailable {
    Files.writeString(folder.resolve("torch.py"), "raise ImportError('hidden by a test')");
    try (Child child = start()) {
      assertThatThrownBy(() -> child.run("autograd"))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("KeyError: 'autograd'");
    }
  }

  private Child start() throws Unavailable {
    return Child.start(
        "PyTorch",
        List.of(
            PYTHON.toString(), Installation.current().pythonScript().toString(), "--threads", "1"),
        Map.of("PYTHONPATH", folder.toString()),
        folder.resolve("PyTorch.log"));
  }
}
