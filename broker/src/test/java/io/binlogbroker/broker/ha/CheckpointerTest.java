package io.binlogbroker.broker.ha;

import static org.assertj.core.api.Assertions.assertThat;

import io.binlogbroker.broker.fixture.LoggedLines;
import io.binlogbroker.engine.model.DeliveryException;
import io.binlogbroker.engine.model.FailureKind;
import io.binlogbroker.engine.model.Position;
import io.binlogbroker.engine.relay.ScriptedServer;
import io.binlogbroker.engine.thread.GroupContext;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class CheckpointerTest {
  private final ScriptedServer server = new ScriptedServer();
  private final MemoryPositionStore store = new MemoryPositionStore();
  private volatile @Nullable Position committed;

  @Test
  void savesTheNewestPositionWhenItIsClosed() {
    Checkpointer checkpointer = started();
    committed = server.position(1, "a");
    committed = server.position(2, "a");

    checkpointer.close();

    assertThat(store.history()).containsExactly(server.position(2, "a"));
  }

  @Test
  void savesNothingBeforeTheFirstCommit() {
    started().close();

    assertThat(store.history()).isEmpty();
  }

  @Test
  void leavesAPositionOfAnotherEpochAlone() {
    Checkpointer checkpointer = started();
    committed = server.position(1, "older");

    checkpointer.close();

    assertThat(store.history()).isEmpty();
  }

  @Test
  void aStoreThatFailsDoesNotFailIt() {
    Checkpointer checkpointer = started();
    committed = server.position(1, "a");
    store.failSaves(DeliveryException.retriable(FailureKind.UNREACHABLE, "The disk is full", null));

    checkpointer.close();

    assertThat(store.load()).isNull();
  }

  @Test
  @Timeout(30)
  void aStoreThatKeepsFailingIsWarnedOfWithGrowingPauses() throws InterruptedException {
    store.failSaves(DeliveryException.retriable(FailureKind.UNREACHABLE, "The disk is full", null));
    CountDownLatch saves = new CountDownLatch(100);
    Checkpointer checkpointer =
        new Checkpointer(
            () -> {
              saves.countDown();
              return server.position(7, "a");
            },
            "a",
            store,
            Duration.ofMillis(1));

    try (LoggedLines lines = new LoggedLines(Checkpointer.class)) {
      checkpointer.start();
      saves.await();
      store.failSaves(null);
      checkpointer.close();

      assertThat(lines.warnings()).hasSizeBetween(7, 8);
      assertThat(lines.warnings()).allMatch(line -> line.contains("The disk is full"));
    }
    assertThat(store.load()).isEqualTo(server.position(7, "a"));
  }

  @Test
  void doesNotOverwriteThePositionThatTheOperatorSet() {
    Checkpointer checkpointer = started();
    store.overrule(server.position(1, "set"));
    committed = server.position(2, "a");

    checkpointer.close();

    assertThat(store.load()).isEqualTo(server.position(1, "set"));
  }

  @Test
  @Timeout(30)
  void anInternalErrorDoesNotEndTheThread() throws InterruptedException {
    CountDownLatch asked = new CountDownLatch(3);
    GroupContext group = new GroupContext("db_mall");
    AtomicReference<Checkpointer> started = new AtomicReference<>();
    group.run(() -> started.set(failingUntil(asked)));

    asked.await();
    started.get().close();

    assertThat(store.load()).isEqualTo(server.position(7, "a"));
    assertThat(group.failures().last())
        .isEqualTo("checkpoint-db_mall: java.lang.IllegalStateException");
  }

  private Checkpointer failingUntil(CountDownLatch asked) {
    Checkpointer checkpointer =
        new Checkpointer(
            () -> {
              asked.countDown();
              if (asked.getCount() > 0) {
                throw new IllegalStateException("of a test");
              }
              return server.position(7, "a");
            },
            "a",
            store,
            Duration.ofMillis(1));
    checkpointer.start();
    return checkpointer;
  }

  private Checkpointer started() {
    Checkpointer checkpointer = new Checkpointer(() -> committed, "a", store);
    checkpointer.start();
    return checkpointer;
  }
}
