package io.binlogbroker.engine.source.mysql.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.binlogbroker.engine.model.BinlogPosition;
import io.binlogbroker.engine.model.DeliveryException;
import io.binlogbroker.engine.model.FailureKind;
import io.binlogbroker.engine.model.Restart;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LogWatchTest {
  private static final Restart READ = read("binlog.000003", 700);

  private final FakeLiveLog server = new FakeLiveLog();
  private long nanos;
  private final LogWatch watch = new LogWatch(server, () -> nanos);

  @Test
  void aLogThatWasReadToItsEndIsNotVerified() {
    server.endsAt("binlog.000003", 700);

    idleFor(30);

    assertThat(server.asked()).containsOnly("end");
  }

  @Test
  void theServerIsQueriedEveryFewSecondsRegardlessOfHeartbeats() {
    server.endsAt("binlog.000003", 700);

    for (int i = 0; i < 1_000; i++) {
      nanos += Duration.ofMillis(10).toNanos();
      watch.idle(READ);
    }

    assertThat(server.asked()).hasSize(2);
  }

  @Test
  void aResetLogIsALostPositionAtTheSecondCheck() {
    server.endsAt("binlog.000003", 700);
    idleFor(10);
    server.endsAt("binlog.000001", 155);
    server.reset();
    idleFor(2);

    assertThatExceptionOfType(DeliveryException.class)
        .isThrownBy(() -> idleFor(1))
        .matches(e -> e.kind() == FailureKind.POSITION_LOST);
  }

  @Test
  void eventsBetweenTwoChecksAreNotMistakenForAReset() {
    server.endsAt("binlog.000004", 155);
    server.reset();
    idleFor(4);
    nanos += Duration.ofSeconds(5).toNanos();

    assertThatCode(() -> watch.idle(read("binlog.000004", 155))).doesNotThrowAnyException();
  }

  @Test
  void aResetLogThatEndsAtTheSamePositionIsDetected() {
    server.endsAt("binlog.000003", 700);
    server.reset();

    assertThatExceptionOfType(DeliveryException.class).isThrownBy(() -> idleFor(90));
  }

  @Test
  void aVerifiedEndIsNotVerifiedAgainImmediately() {
    server.endsAt("binlog.000003", 900);

    idleFor(30);

    assertThat(server.asked()).containsOnlyOnce("loss of binlog.000003:700");
  }

  @Test
  void aServerThatCannotBeQueriedIsNotAFailure() {
    server.away(true);
    server.reset();

    assertThatCode(() -> idleFor(300)).doesNotThrowAnyException();
  }

  @Test
  void aFileThatEndedIsComparedWithTheServersFileOfThatName() {
    watch.fileEnded(READ);

    assertThat(server.asked()).containsExactly("replacement of binlog.000003");
  }

  @Test
  void aFileThatEndedInAResetLogIsALostPosition() {
    server.reset();

    assertThatExceptionOfType(DeliveryException.class)
        .isThrownBy(() -> watch.fileEnded(READ))
        .matches(e -> e.kind() == FailureKind.POSITION_LOST);
  }

  @Test
  void aFileThatCouldNotBeVerifiedIsVerifiedLater() {
    server.away(true);
    watch.fileEnded(READ);
    server.away(false);
    server.reset();

    assertThatExceptionOfType(DeliveryException.class)
        .isThrownBy(() -> watch.fileEnded(read("binlog.000004", 4)));
    assertThat(server.asked()).last().isEqualTo("replacement of binlog.000003");
  }

  @Test
  void aDamagedLogThatWasResetIsALostPosition() {
    server.reset();

    DeliveryException classified = watch.classify(damaged(), READ);

    assertThat(classified.kind()).isEqualTo(FailureKind.POSITION_LOST);
    assertThat(classified).hasMessageContaining("RESET MASTER").hasMessageContaining("bogus data");
  }

  @Test
  void aDamagedLogWithoutAResetRemainsAFailure() {
    DeliveryException damaged = damaged();

    assertThat(watch.classify(damaged, READ)).isSameAs(damaged);
  }

  @Test
  void aDamagedLogRemainsAFailureIfTheServerCannotBeQueried() {
    server.away(true);
    server.reset();
    DeliveryException damaged = damaged();

    assertThat(watch.classify(damaged, READ)).isSameAs(damaged);
  }

  @Test
  void otherFailuresAreNotChanged() {
    server.reset();
    DeliveryException lost =
        DeliveryException.retriable(FailureKind.UNREACHABLE, "Nobody answers", null);

    assertThat(watch.classify(lost, READ)).isSameAs(lost);
    assertThat(server.asked()).isEmpty();
  }

  private void idleFor(int seconds) {
    for (int i = 0; i < seconds; i++) {
      nanos += Duration.ofSeconds(1).toNanos();
      watch.idle(READ);
    }
  }

  private static DeliveryException damaged() {
    return DeliveryException.fatal(FailureKind.SOURCE_DATA, "bogus data in log event");
  }

  private static Restart read(String file, long offset) {
    return new Restart(
        new BinlogPosition(file, offset),
        null,
        "7d49b361-e64f-11f1-ab7d-02fc00000001",
        1_700_000_000);
  }
}
