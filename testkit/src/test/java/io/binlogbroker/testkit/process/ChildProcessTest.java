package io.binlogbroker.testkit.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildProcessTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  @TempDir private Path folder;

  @Test
  void processThatEndsDuringItsStartFailsWithItsOutput() {
    ChildProcess process = start("echo out of memory; exit 3");

    assertThatThrownBy(() -> process.awaitReady(LIMIT, () -> false))
        .isInstanceOf(ServerException.class)
        .hasMessageContaining("status 3")
        .hasMessageContaining("out of memory");
  }

  @Test
  void processThatIsNeverReadyFailsWithTheLastCause() {
    ChildProcess process = start("exec sleep 60");
    try {
      assertThatThrownBy(
              () ->
                  process.awaitReady(
                      Duration.ofMillis(100),
                      () -> {
                        throw new IllegalStateException("refused");
                      }))
          .isInstanceOf(ServerException.class)
          .hasRootCauseMessage("refused");
    } finally {
      process.kill();
    }
  }

  @Test
  void stopLetsTheProcessCleanUp() {
    ChildProcess process =
        start("trap 'touch tidy; exit' TERM; touch up; while :; do sleep 0.1; done");
    process.awaitReady(LIMIT, () -> Files.exists(folder.resolve("up")));

    process.stop(LIMIT);

    assertThat(process.isAlive()).isFalse();
    assertThat(folder.resolve("tidy")).exists();
  }

  @Test
  void processThatDoesNotStopIsKilled() {
    ChildProcess process = start("trap '' TERM; touch up; while :; do sleep 0.1; done");
    process.awaitReady(LIMIT, () -> Files.exists(folder.resolve("up")));

    assertThatThrownBy(() -> process.stop(Duration.ofMillis(200)))
        .isInstanceOf(ServerException.class)
        .hasMessageContaining("killed it");
    assertThat(process.isAlive()).isFalse();
  }

  private ChildProcess start(String script) {
    List<String> command = List.of("sh", "-c", script);
    return ChildProcess.start("shell", command, Map.of(), folder, folder.resolve("log"));
  }
}
