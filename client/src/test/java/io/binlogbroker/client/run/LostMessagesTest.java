package io.binlogbroker.client.run;

import static io.binlogbroker.client.run.FakeConsumer.ONE;
import static io.binlogbroker.client.run.FakeConsumer.ZERO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.binlogbroker.client.FailurePolicy;
import io.binlogbroker.client.LostMessagesException;
import io.binlogbroker.client.LostMessagesPolicy;
import io.micrometer.core.instrument.Counter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.NoOffsetForPartitionException;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages that Kafka deleted before they were handled are never skipped silently. */
class LostMessagesTest {
  private final LoopFixture fixture = new LoopFixture();
  private final FakeConsumer kafka = fixture.kafka;

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void anOffsetDeletedByRetentionEndsTheRunAndIsReported(int parallelism) {
    kafka.committedBefore(ZERO, 3).deleteBefore(ZERO, 10).assign(ZERO).send(ZERO, "a", insert(11));
    ConsumeLoop loop = fixture.loop(parallelism, FailurePolicy.stop(), fixture::note);

    LostMessagesException lost =
        catchThrowableOfType(LostMessagesException.class, () -> fixture.run(loop));

    assertThat(lost)
        .hasMessageStartingWith(
            "Expected to continue at offset 3 of mall_db-0, but its first message has offset 10:"
                + " at most 7 messages were deleted before they were read")
        .hasMessageContaining("fix: ");
    assertThat(lost.topic()).isEqualTo("mall_db");
    assertThat(lost.partition()).isZero();
    assertThat(lost.expectedOffset()).isEqualTo(3);
    assertThat(lost.availableOffset()).isEqualTo(10);
    assertThat(lost.missingAtMost()).hasValue(7);
    assertThat(fixture.handled).isEmpty();
    assertThat(kafka.committed(ZERO)).isLessThan(4);
  }

  @Test
  void messagesPolledBeforeAreHandledFirst() throws Exception {
    CountDownLatch handling = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    kafka.assign(ZERO, ONE).send(ZERO, "a", insert(1)).send(ZERO, "a", insert(2));
    ConsumeLoop loop =
        fixture.loop(
            LoopFixture.settings(
                1,
                FailurePolicy.stop(),
                LoopFixture.handler(
                    LoopFixture.each(
                        change -> {
                          handling.countDown();
                          release.await(20, TimeUnit.SECONDS);
                          fixture.note(change);
                        }),
                    true)));
    CompletableFuture<Void> running = CompletableFuture.runAsync(() -> fixture.run(loop));
    assertThat(handling.await(20, TimeUnit.SECONDS)).isTrue();
    kafka.deleteBefore(ZERO, 10).send(ZERO, "a", insert(11));
    CountDownLatch polled = new CountDownLatch(3);
    for (int i = 0; i < 3; i++) {
      kafka.schedulePollTask(polled::countDown);
    }

    assertThat(polled.await(20, TimeUnit.SECONDS)).as("polling continues").isTrue();
    assertThat(running).isNotDone();
    release.countDown();
    assertThatThrownBy(running::join)
        .hasCauseInstanceOf(LostMessagesException.class)
        .hasMessageContaining("continue at offset 2 of mall_db-0");

    assertThat(fixture.handled).containsExactly("1", "2");
    assertThat(kafka.committed(ZERO)).isEqualTo(2);
  }

  @Test
  void theRunContinuesAfterLostMessagesIfConfigured() {
    kafka.committedBefore(ZERO, 3).deleteBefore(ZERO, 10).assign(ZERO);
    kafka.send(ZERO, "a", insert(11)).send(ZERO, "a", insert(12));

    fixture.runUntilHandled(2, continuing());

    assertThat(fixture.handled).containsExactly("11", "12");
    assertThat(kafka.committed(ZERO)).isEqualTo(12);
    assertThat(fixture.registry.get("binlogbroker.client.lost").counter())
        .returns(7.0, Counter::count);
  }

  @Test
  void offsetsWithoutMessagesAreNotLostMessages() {
    kafka.assign(ZERO).send(ZERO, "a", insert(1)).skipOffsets(ZERO, 5).send(ZERO, "a", insert(2));
    kafka.skipOffsets(ZERO, 1).send(ZERO, "a", insert(3));

    fixture.runUntilHandled(3, 1, fixture::note);

    assertThat(fixture.handled).containsExactly("1", "2", "3");
    assertThat(kafka.committed(ZERO)).isEqualTo(9);
  }

  @Test
  void withoutACommitReadingStartsAtTheOldestMessage() {
    kafka.deleteBefore(ZERO, 10).assign(ZERO).send(ZERO, "a", insert(1));

    fixture.runUntilHandled(1, 1, fixture::note);

    assertThat(fixture.handled).containsExactly("1");
    assertThat(kafka.committed(ZERO)).isEqualTo(11);
  }

  @Test
  void theStartOffsetIsCommittedBeforeAnyChangeIsHandled() throws Exception {
    kafka.deleteBefore(ZERO, 10).assign(ZERO);
    ConsumeLoop loop = fixture.loop(1, FailurePolicy.stop(), fixture::note);
    CompletableFuture<Void> running = CompletableFuture.runAsync(() -> fixture.run(loop));
    CountDownLatch polled = new CountDownLatch(1);
    kafka.schedulePollTask(polled::countDown);

    assertThat(polled.await(20, TimeUnit.SECONDS)).isTrue();
    loop.stop();
    running.join();

    assertThat(kafka.committed(ZERO)).isEqualTo(10);
  }

  /** Otherwise, a marker deleted by retention would count as a lost message. */
  @Test
  void theCommitIncludesTheMarkerAfterTheLastMessage() {
    kafka.assign(ZERO).send(ZERO, "a", insert(1));
    kafka.schedulePollTask(() -> {});
    kafka.schedulePollTask(() -> kafka.seek(ZERO, 2)); // as Kafka's consumer does at a marker

    fixture.runUntilHandled(1, 1, fixture::note);

    assertThat(kafka.committed(ZERO)).isEqualTo(2);
  }

  @Test
  void anOffsetAfterTheEndIsReportedAsADifferentLog() {
    kafka.committedBefore(ZERO, 500).assign(ZERO);
    kafka.updateEndOffsets(Map.of(ZERO, 20L));
    kafka.schedulePollTask(
        () -> kafka.setPollException(new OffsetOutOfRangeException(Map.of(ZERO, 500L))));
    ConsumeLoop loop = fixture.loop(1, FailurePolicy.stop(), fixture::note);

    LostMessagesException lost =
        catchThrowableOfType(LostMessagesException.class, () -> fixture.run(loop));

    assertThat(lost)
        .hasMessageStartingWith(
            "Expected to continue at offset 500 of mall_db-0, but it now has a different log,"
                + " from offset 0 to 20: the topic was deleted and recreated");
    assertThat(lost.missingAtMost()).isEmpty();
    assertThat(lost.availableOffset()).isZero();
  }

  @Test
  void aDifferentLogIsReadFromItsBeginningIfConfigured() {
    kafka.committedBefore(ZERO, 500).assign(ZERO);
    kafka.schedulePollTask(
        () -> kafka.setPollException(new OffsetOutOfRangeException(Map.of(ZERO, 500L))));
    kafka.skipOffsets(ZERO, -500).send(ZERO, "a", insert(1));

    fixture.runUntilHandled(1, continuing());

    assertThat(fixture.handled).containsExactly("1");
    assertThat(kafka.committed(ZERO)).isEqualTo(1);
  }

  @Test
  void latestAppliesOnlyToPartitionsThatExistAtTheStart() {
    partitions(1);
    kafka.updateEndOffsets(Map.of(ZERO, 1L, ONE, 1L));
    fixture.offsetReset = OffsetReset.of("latest");
    kafka.schedulePollTask(() -> partitions(2));
    kafka.assign(ZERO, ONE);
    kafka.send(ZERO, "a", insert(1)).send(ONE, "a", insert(2)).send(ZERO, "a", insert(3));

    fixture.runUntilHandled(2, 1, fixture::note);

    assertThat(fixture.handled).containsExactlyInAnyOrder("2", "3");
    assertThat(kafka.committed(ZERO)).isEqualTo(2);
    assertThat(kafka.committed(ONE)).isEqualTo(1);
  }

  @Test
  void resetNoneFailsWithKafkasException() {
    kafka.assign(ZERO);
    fixture.offsetReset = OffsetReset.of("none");
    ConsumeLoop loop = fixture.loop(1, FailurePolicy.stop(), fixture::note);

    assertThatThrownBy(() -> fixture.run(loop)).isInstanceOf(NoOffsetForPartitionException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"newest", "by_duration:yesterday", ""})
  void anInvalidResetIsRejected(String reset) {
    assertThatThrownBy(() -> OffsetReset.of(reset))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageEndingWith("but got " + reset);
  }

  private ConsumeSettings continuing() {
    return LoopFixture.settings(
        1,
        FailurePolicy.stop(),
        FailurePolicy.stop(),
        LostMessagesPolicy.CONTINUE,
        LoopFixture.handler(LoopFixture.each(fixture::note), false));
  }

  private void partitions(int count) {
    kafka.updatePartitions("mall_db", List.of(info(0), info(1)).subList(0, count));
  }

  private static PartitionInfo info(int partition) {
    return new PartitionInfo("mall_db", partition, Node.noNode(), new Node[0], new Node[0]);
  }

  private static String insert(long id) {
    return Changes.json("c", 100 + id, id, "x");
  }
}
