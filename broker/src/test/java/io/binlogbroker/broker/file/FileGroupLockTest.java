package io.binlogbroker.broker.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.binlogbroker.broker.fleet.BrokerProcess;
import io.binlogbroker.broker.ha.Master;
import io.binlogbroker.broker.ha.MasterJson;
import io.binlogbroker.engine.model.DeliveryException;
import io.binlogbroker.engine.model.FailureKind;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class FileGroupLockTest {
  @TempDir Path stateDir;

  @Test
  void aSecondProcessIsRefusedAndTheFirstNamed() throws Exception {
    Process other = holder();
    try {
      assertThat(other.inputReader().readLine()).isEqualTo("locked");

      assertThatExceptionOfType(DeliveryException.class)
          .isThrownBy(() -> FileGroupLock.acquire(stateDir, "db_mall"))
          .withMessageContaining("process " + other.pid())
          .withMessageContaining("db_mall.lock")
          .satisfies(e -> assertThat(e.kind()).isEqualTo(FailureKind.FENCED))
          .satisfies(e -> assertThat(e.isRetriable()).isFalse());
    } finally {
      other.destroyForcibly().waitFor(20, TimeUnit.SECONDS);
    }
  }

  @Test
  void isReleasedWhenItsHolderIsKilled() throws Exception {
    Process other = holder();
    assertThat(other.inputReader().readLine()).isEqualTo("locked");

    other.destroyForcibly().waitFor(20, TimeUnit.SECONDS);

    FileGroupLock.acquire(stateDir, "db_mall").close();
  }

  @Test
  void anInterruptedThreadReleasesIt() {
    FileGroupLock held = FileGroupLock.acquire(stateDir, "db_mall");
    Thread.currentThread().interrupt();

    held.close();

    assertThat(Thread.interrupted()).isTrue();
    FileGroupLock.acquire(stateDir, "db_mall").close();
  }

  @Test
  void isExclusiveWithinTheSameProcess() {
    try (FileGroupLock held = FileGroupLock.acquire(stateDir, "db_mall")) {
      assertThat(held).isNotNull();

      assertThatExceptionOfType(DeliveryException.class)
          .isThrownBy(() -> FileGroupLock.acquire(stateDir, "db_mall"))
          .withMessageContaining("this same process");
    }
  }

  @Test
  void aRefusedAttemptInTheSameProcessDoesNotReleaseIt() throws Exception {
    try (FileGroupLock held = FileGroupLock.acquire(stateDir, "db_mall")) {
      assertThat(held).isNotNull();
      assertThatExceptionOfType(DeliveryException.class)
          .isThrownBy(() -> FileGroupLock.acquire(stateDir, "db_mall"));

      Process other = holder();

      assertThat(other.inputReader().readLine()).startsWith("FENCED");
      other.waitFor(20, TimeUnit.SECONDS);
    }
  }

  @Test
  void canBeAcquiredAgainAfterClose() {
    FileGroupLock.acquire(stateDir, "db_mall").close();

    FileGroupLock.acquire(stateDir, "db_mall").close();
  }

  @Test
  void closingTwiceDoesNotReleaseTheNextHoldersLock() {
    FileGroupLock first = FileGroupLock.acquire(stateDir, "db_mall");
    first.close();
    try (FileGroupLock second = FileGroupLock.acquire(stateDir, "db_mall")) {
      assertThat(second).isNotNull();

      first.close();

      assertThatExceptionOfType(DeliveryException.class)
          .isThrownBy(() -> FileGroupLock.acquire(stateDir, "db_mall"));
    }
  }

  @Test
  void otherGroupsAreIndependent() {
    try (FileGroupLock held = FileGroupLock.acquire(stateDir, "db_mall")) {
      assertThat(held).isNotNull();

      FileGroupLock.acquire(stateDir, "db_social").close();
    }
  }

  private Process holder() throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            Holder.class.getName(),
            stateDir.toString())
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  /** Takes the lock in a separate process and keeps it until that is killed, a minute at most. */
  static final class Holder {
    private Holder() {}

    public static void main(String[] args) throws InterruptedException {
      try (FileGroupLock held = FileGroupLock.acquire(Path.of(args[0]), "db_mall")) {
        held.describe(MasterJson.write(Master.at(BrokerProcess.here("here"), Instant.now())));
        System.out.println("locked");
        TimeUnit.MINUTES.sleep(1);
      } catch (DeliveryException e) {
        System.out.println(e.kind());
      }
    }
  }
}
