package io.binlogbroker.broker.ha;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Campaigns on a separate thread until a test closes it. */
public final class Candidate implements AutoCloseable {
  private static final long LIMIT_SECONDS = 30;

  private final Election election;
  private final StopSignal stop = new StopSignal();
  private final AtomicInteger notifications = new AtomicInteger();
  private final CountDownLatch waiting = new CountDownLatch(1);
  private final CompletableFuture<@Nullable Mastership> outcome;

  public Candidate(Election election) {
    this.election = election;
    this.outcome =
        CompletableFuture.supplyAsync(() -> election.campaign(stop, this::countNotification));
  }

  private void countNotification() {
    notifications.incrementAndGet();
    waiting.countDown();
  }

  /** Waits until it has won, and returns the mastership. */
  public Mastership won() throws Exception {
    return outcome.get(LIMIT_SECONDS, TimeUnit.SECONDS);
  }

  /** Waits until it knows that another broker is master. */
  public void awaitWaiting() throws InterruptedException {
    assertThat(waiting.await(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
  }

  /** How often it was notified that another broker is master. */
  public int notifications() {
    return notifications.get();
  }

  public boolean hasWon() {
    return outcome.isDone();
  }

  public void stop() {
    stop.raise();
  }

  @Override
  public void close() throws Exception {
    stop.raise();
    try {
      Mastership won = outcome.get(LIMIT_SECONDS, TimeUnit.SECONDS);
      if (won != null) {
        won.close();
      }
    } catch (ExecutionException | TimeoutException e) {
      throw new AssertionError("A campaign of " + election + " did not end well", e);
    }
  }
}
