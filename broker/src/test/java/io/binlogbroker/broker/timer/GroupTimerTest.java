package io.binlogbroker.broker.timer;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.binlogbroker.engine.thread.GroupContext;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class GroupTimerTest {
  private static final Duration SHORT = Duration.ofMillis(1);
  private static final Duration HOUR = Duration.ofHours(1);

  private final GroupContext group = new GroupContext("g");

  @Test
  void continuesAfterAnExceptionWhichIsCounted() throws Exception {
    CountDownLatch steps = new CountDownLatch(3);
    try (GroupTimer timer =
        new GroupTimer(
            "test",
            Duration.ZERO,
            SHORT,
            () -> {
              steps.countDown();
              throw new IllegalStateException("a fault");
            })) {
      group.run(timer::start);

      assertThat(steps.await(20, SECONDS)).isTrue();
    }
    assertThat(group.failures().count()).isGreaterThanOrEqualTo(2);
    assertThat(group.failures().last()).startsWith("test-g: ");
  }

  @Test
  void anErrorReachesTheUncaughtExceptionHandler() throws Exception {
    CompletableFuture<Throwable> uncaught = new CompletableFuture<>();
    AtomicInteger steps = new AtomicInteger();
    try (GroupTimer timer =
        new GroupTimer(
            "test",
            Duration.ZERO,
            SHORT,
            () -> {
              steps.incrementAndGet();
              Thread.currentThread().setUncaughtExceptionHandler((t, e) -> uncaught.complete(e));
              throw new StackOverflowError();
            })) {
      group.run(timer::start);

      assertThat(uncaught.get(20, SECONDS)).isInstanceOf(StackOverflowError.class);
    }
    assertThat(steps).hasValue(1);
  }

  @Test
  void closingInterruptsTheStepInProgress() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
    GroupTimer timer =
        new GroupTimer(
            "test",
            Duration.ZERO,
            HOUR,
            () -> {
              begun.countDown();
              interrupted.complete(sleepsUntilInterrupted());
            });
    timer.start();
    assertThat(begun.await(20, SECONDS)).isTrue();

    timer.close();

    assertThat(interrupted.get(20, SECONDS)).isTrue();
  }

  @Test
  void theLastStepRunsAtTheEnd() {
    CompletableFuture<String> last = new CompletableFuture<>();
    GroupTimer timer = new GroupTimer("test", HOUR, HOUR, () -> {});
    timer.start();

    timer.closeAfter(() -> last.complete(Thread.currentThread().getName()), Duration.ofSeconds(20));

    assertThat(last).isCompletedWithValue("test");
  }

  @Test
  void aTimerThatWasNotStartedCanBeClosed() {
    GroupTimer timer = new GroupTimer("test", HOUR, HOUR, () -> {});

    timer.closeAfter(() -> {}, HOUR);
    timer.close();
  }

  private static boolean sleepsUntilInterrupted() {
    try {
      SECONDS.sleep(20);
      return false;
    } catch (InterruptedException e) {
      return true;
    }
  }
}
