package io.binlogbroker.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.binlogbroker.broker.fixture.LoggedLines;
import io.binlogbroker.broker.ha.StopSignal;
import io.binlogbroker.cli.terminal.ExitCode;
import io.binlogbroker.engine.model.DeliveryException;
import io.binlogbroker.engine.model.FailureKind;
import io.binlogbroker.engine.thread.ThreadFailures;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class DaemonTest {
  private static final Duration LONG = Duration.ofSeconds(30);
  private static final Duration SHORT = Duration.ofMillis(10);

  private final StopSignal stopped = new StopSignal();
  private final CountDownLatch begun = new CountDownLatch(1);
  private volatile boolean finished;
  private volatile boolean interrupted;

  @Test
  void workThatEndsByItselfExitsWithZero() {
    Daemon daemon = new Daemon(() -> ExitCode.OK, () -> {});

    assertThat(daemon.run()).isEqualTo(ExitCode.OK);
  }

  @Test
  void aFatalFailureExitsWithItsCode() {
    Daemon daemon =
        new Daemon(
            () -> {
              throw DeliveryException.fatal(FailureKind.SOURCE_SETTINGS, "log_bin: off");
            },
            () -> {});

    assertThat(daemon.run()).isEqualTo(ExitCode.SOURCE_SETTINGS);
  }

  @Test
  void anInternalErrorExitsWithOne() {
    Daemon daemon =
        new Daemon(
            () -> {
              throw new AssertionError("impossible");
            },
            () -> {});

    assertThat(daemon.run()).isEqualTo(ExitCode.INTERNAL);
  }

  @Test
  void aThreadThatDiesEndsTheWorkWithAnInternalError() throws InterruptedException {
    try (LoggedLines lines = new LoggedLines(ThreadFailures.class)) {
      Daemon daemon = new Daemon(this::workUntilStopped, stopped::raise, LONG);
      AtomicReference<ExitCode> exitCode = new AtomicReference<>();
      Thread main = new Thread(() -> exitCode.set(daemon.run()), "main of a test");
      main.start();
      begun.await();
      Thread dying =
          new Thread(
              () -> {
                throw new StackOverflowError();
              },
              "dying");
      dying.setUncaughtExceptionHandler(daemon::fail);

      dying.start();
      main.join();

      assertThat(finished).isTrue();
      assertThat(exitCode).hasValue(ExitCode.INTERNAL);
      assertThat(lines.errors()).anyMatch(line -> line.contains("Internal error in thread dying:"));
    }
  }

  @Test
  void aStopLetsTheWorkFinish() throws InterruptedException {
    Daemon daemon = new Daemon(this::workUntilStopped, stopped::raise, LONG);
    Thread main = started(daemon);

    daemon.finish();

    assertThat(finished).isTrue();
    assertThat(interrupted).isFalse();
    main.join(LONG.toMillis());
  }

  @Test
  void workThatDoesNotFinishIsInterrupted() throws InterruptedException {
    Daemon daemon = new Daemon(this::workUntilStopped, () -> {}, SHORT);
    Thread main = started(daemon);

    daemon.finish();
    main.join(LONG.toMillis());

    assertThat(interrupted).isTrue();
    assertThat(finished).isTrue();
  }

  private Thread started(Daemon daemon) throws InterruptedException {
    Thread main = new Thread(daemon::run, "main of the test");
    main.start();
    assertThat(begun.await(LONG.toMillis(), TimeUnit.MILLISECONDS)).isTrue();
    return main;
  }

  private ExitCode workUntilStopped() {
    begun.countDown();
    stopped.await(LONG);
    interrupted = Thread.interrupted();
    finished = true;
    return ExitCode.OK;
  }
}
