/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.benchmarks.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildTest {
  @TempDir private Path folder;

  @Test
  void asksAndUnderstandsAnswers() throws IOException, Unavailable {
    try (Child child =
        shell(
            """
            while read -r command; do
              echo "$command" >&2
              case $command in
                *prepare*) echo '{"engine":"sh","variants":[{"name":"plain","work":"W"}]}' ;;
                *facts*) echo '{"facts":{"threads":'$OMP_NUM_THREADS'}}' ;;
                *run*) echo '{"seconds":0.25}' ;;
              esac
            done
            """)) {
      assertThat(child.prepare(Map.of("rows", 3)))
          .isEqualTo(new Ready("sh", List.of(new Ready.Variant("plain", "W"))));
      assertThat(child.facts("plain")).containsExactly(Map.entry("threads", 5.0));
      assertThat(child.run("plain")).isEqualTo(0.25);
    }
    assertThat(folder.resolve("child.log"))
        .content()
        .isEqualTo("{\"prepare\":{\"rows\":3}}\n{\"facts\":\"plain\"}\n{\"run\":\"plain\"}\n");
  }

  @Test
  void tellsWhyAChildCannotMeasure() throws IOException, Unavailable {
    try (Child child = shell("read -r command; echo '{\"unavailable\":\"No torch.\"}'")) {
      assertThatThrownBy(() -> child.prepare(Map.of()))
          .isInstanceOf(Unavailable.class)
          .hasMessage("No torch.");
    }
  }

  @Test
  void tellsWhatAChildFailedWith() throws IOException, Unavailable {
    try (Child child = shell("read -r command; echo '{\"error\":\"out of memory\"}'")) {
      assertThatThrownBy(() -> child.run("plain"))
          .isInstanceOf(IOException.class)
          .hasMessage(
              "child failed with \"out of memory\"; see " + folder.resolve("child.log") + ".");
    }
  }

  @Test
  void noticesThatAChildHasEnded() throws IOException, Unavailable {
    try (Child child = shell("read -r command; exit 1")) {
      assertThatThrownBy(() -> child.run("plain"))
          .isInstanceOf(IOException.class)
          .hasMessageStartingWith("child ended");
    }
  }

  @Test
  void noticesWhatIsNoAnswer() throws IOException, Unavailable {
    try (Child child = shell("read -r command; echo Killed; read -r command; echo '{}'")) {
      assertThatThrownBy(() -> child.run("plain")).hasMessageContaining("answered \"Killed\"");
      assertThatThrownBy(() -> child.run("plain"))
          .hasMessageContaining("answered {}, expected seconds");
    }
  }

  @Test
  void cannotMeasureWithAProgramThatIsNotThere() {
    assertThatThrownBy(() -> start("/nowhere/python3"))
        .isInstanceOf(Unavailable.class)
        .hasMessageContaining("/nowhere/python3 cannot be started")
        .hasMessageEndingWith("is it installed?");
  }

  private Child shell(String script) throws Unavailable {
    return start("sh", "-c", script);
  }

  private Child start(String... command) throws Unavailable {
    return Child.start(
        "child", List.of(command), Map.of("OMP_NUM_THREADS", "5"), folder.resolve("child.log"));
  }
}
