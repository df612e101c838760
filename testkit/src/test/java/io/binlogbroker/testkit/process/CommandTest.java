package io.binlogbroker.testkit.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandTest {
  @TempDir private Path folder;

  @Test
  void returnsTheOutput() {
    Command command = new Command(folder, List.of("sh", "-c", "echo $GREETING from $PWD"));

    assertThat(command.environment(Map.of("GREETING", "hello")).run())
        .isEqualTo("hello from " + folder + "\n");
  }

  @Test
  void failureNamesTheCommandTheStatusAndTheOutput() {
    Command command = new Command(folder, List.of("sh", "-c", "echo no such thing >&2; exit 3"));

    assertThatThrownBy(command::run)
        .isInstanceOf(ServerException.class)
        .hasMessageContaining("sh -c")
        .hasMessageContaining("status 3")
        .hasMessageContaining("no such thing");
  }

  @Test
  void errorNamesAMissingProgram() {
    Command command = new Command(folder, List.of("no-such-program"));

    assertThatThrownBy(command::run)
        .isInstanceOf(ServerException.class)
        .hasMessageContaining("'no-such-program' on the PATH");
  }

  @Test
  void programThatExceedsTheLimitIsKilled() {
    Command command =
        new Command(folder, List.of("sh", "-c", "sleep 60")).limit(Duration.ofMillis(200));

    assertThatThrownBy(command::run)
        .isInstanceOf(ServerException.class)
        .hasMessageContaining("within PT0.2S");
  }
}
