package io.binlogbroker.engine.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.binlogbroker.engine.model.Positions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class BatchQueueTest {
  private final BatchQueue handover = new BatchQueue();

  @Test
  void batchesAreTakenInOrder() throws Exception {
    Batch one = batch(1);
    Batch two = batch(1);

    handover.put(one);
    handover.put(two);

    assertThat(handover.take()).isSameAs(one);
    assertThat(handover.take()).isSameAs(two);
  }

  @Test
  void aBatchOfAnySizeIsTakenButTheNextWaitsUntilItIsDone() throws Exception {
    Batch huge = batch(20 << 20);
    handover.put(huge);
    Batch small = batch(1);
    Thread putter = waiting(() -> handover.put(small));

    assertThat(handover.take()).isSameAs(huge);
    assertThat(putter.getState()).isEqualTo(Thread.State.WAITING);
    handover.done(huge);

    putter.join();
    assertThat(handover.take()).isSameAs(small);
  }

  @Test
  void smallBatchesAreBoundedByTheirNumber() throws Exception {
    for (int i = 0; i < 64; i++) {
      handover.put(new Batch());
    }
    Thread putter = waiting(() -> handover.put(new Batch()));

    handover.done(handover.take());

    putter.join();
  }

  @Test
  void awaitDoneWaitsForTheBatchInProgress() throws Exception {
    Batch batch = batch(1);
    handover.put(batch);
    handover.take();
    Thread relay = waiting(handover::awaitDone);

    handover.done(batch);

    relay.join();
  }

  @Test
  void aFailureEndsEveryWaitAndIsThrownAgain() throws Exception {
    OutOfMemoryError failure = new OutOfMemoryError("Java heap space");
    handover.put(batch(20 << 20));
    Thread putter =
        waiting(() -> assertThatThrownBy(() -> handover.put(batch(1))).isSameAs(failure));

    handover.fail(failure);

    putter.join();
    assertThatThrownBy(() -> handover.put(batch(1))).isSameAs(failure);
    assertThatThrownBy(handover::awaitDone).isSameAs(failure);
  }

  @Test
  void aCommitIsInProgressUntilItSucceedsOrFails() throws Exception {
    assertThat(handover.hasCommit()).isFalse();
    handover.put(batch(1));
    assertThat(handover.hasCommit()).isFalse();

    Batch commit = new Batch();
    commit.commit(Positions.at(1));
    handover.put(commit);
    handover.done(handover.take());
    assertThat(handover.hasCommit()).isTrue();

    handover.done(handover.take());
    assertThat(handover.hasCommit()).isFalse();

    handover.put(commit);
    handover.fail(new OutOfMemoryError("Java heap space"));
    assertThat(handover.hasCommit()).isFalse();
  }

  @Test
  void nothingIsTakenOnceItIsClosed() throws Exception {
    handover.put(batch(1));

    handover.close();

    assertThat(handover.take()).isNull();
  }

  private interface Waiting {
    void run() throws InterruptedException;
  }

  private static Thread waiting(Waiting action) {
    Thread thread =
        new Thread(
            () -> {
              try {
                action.run();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    thread.setDaemon(true);
    thread.start();
    while (thread.getState() != Thread.State.WAITING) {
      assertThat(thread.isAlive()).isTrue();
      Thread.onSpinWait();
    }
    return thread;
  }

  private static Batch batch(int bytes) {
    Batch batch = new Batch();
    batch.add(Message.of("mall_db", new byte[0], new byte[bytes], null));
    return batch;
  }
}
