package io.binlogbroker.client.run;

import static io.binlogbroker.client.run.FakeConsumer.ONE;
import static io.binlogbroker.client.run.FakeConsumer.ZERO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.binlogbroker.client.BatchHandler;
import io.binlogbroker.client.ConsumeException;
import io.binlogbroker.client.FailurePolicy;
import io.binlogbroker.client.LostMessagesPolicy;
import io.binlogbroker.client.MalformedChangeException;
import io.binlogbroker.client.MappingException;
import io.binlogbroker.client.mapping.RowMapper;
import io.binlogbroker.client.run.LoopFixture.Goods;
import io.micrometer.core.instrument.Counter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConsumeLoopTest {
  private final LoopFixture fixture = new LoopFixture();
  private final FakeConsumer kafka = fixture.kafka;
  private final List<String> handled = fixture.handled;
  private final CountDownLatch allHandled = new CountDownLatch(1);

  record OtherGoods(long id, long note) {}

  @Test
  void handledChangesAreCommittedAtTheEnd() {
    kafka.assign(ZERO).send(ZERO, "a", insert(1)).send(ZERO, "a", insert(2));
    kafka.send(ZERO, "a", insert(3));

    fixture.runUntilHandled(3, 1, fixture::note);

    assertThat(handled).containsExactly("1", "2", "3");
    assertThat(kafka.committed(ZERO)).isEqualTo(3);
  }

  @Test
  void nothingAfterAFailureIsCommitted() {
    kafka.assign(ZERO).send(ZERO, "a", insert(1)).send(ZERO, "a", insert(2));
    kafka.send(ZERO, "a", insert(3));
    ConsumeLoop loop =
        fixture.loop(1, FailurePolicy.stop(), fixture.failingAt(2, Integer.MAX_VALUE));

    assertThatThrownBy(() -> fixture.run(loop))
        .isInstanceOf(ConsumeException.class)
        .hasMessage("Cannot handle the message in mall_db-0 offset 1: no stock")
        .hasCauseInstanceOf(IllegalStateException.class);

    assertThat(handled).containsExactly("1");
    assertThat(kafka.committed(ZERO)).isEqualTo(1);
  }

  @Test
  void aHandlerMaySucceedAfterRetries() {
    kafka.assign(ZERO).send(ZERO, "a", insert(1)).send(ZERO, "a", insert(2));

    fixture.runUntilHandled(
        2, 1, FailurePolicy.retry(3, Duration.ofMillis(1)), fixture.failingAt(1, 3));

    assertThat(handled).containsExactly("1", "2");
    assertThat(kafka.committed(ZERO)).isEqualTo(2);
  }

  @Test
  void theRunEndsAfterTheLastRetry() {
    kafka.assign(ZERO).send(ZERO, "a", insert(1));
    AtomicInteger tries = new AtomicInteger();
    ConsumeLoop loop =
        fixture.loop(
            1,
            FailurePolicy.retry(2, Duration.ofMillis(1)),
            change -> {
              tries.incrementAndGet();
              throw new IllegalStateException("no stock");
            });

    assertThatThrownBy(() -> fixture.run(loop)).isInstanceOf(ConsumeException.class);
    assertThat(tries).hasValue(3);
    assertThat(kafka.committed(ZERO)).isLessThan(1);
  }

  @Test
  void aDeadLetterContainsTheReasonAndTheRunContinues() {
    kafka.assign(ZERO).send(ZERO, "a", insert(1)).send(ZERO, "a", insert(2));

    fixture.runUntilHandled(
        1, 1, FailurePolicy.deadLetter("dead"), fixture.failingAt(1, Integer.MAX_VALUE));

    assertThat(handled).containsExactly("2");
    assertThat(kafka.committed(ZERO)).isEqualTo(2);
    assertThat(fixture.letters.history()).hasSize(1);
    ProducerRecord<byte[], byte[]> letter = fixture.letters.history().get(0);
    assertThat(letter.topic()).isEqualTo("dead");
    assertThat(letter.value()).isEqualTo(insert(1).getBytes(StandardCharsets.UTF_8));
    assertThat(header(letter, "topic")).isEqualTo("mall_db");
    assertThat(header(letter, "partition")).isEqualTo("0");
    assertThat(header(letter, "offset")).isEqualTo("0");
    assertThat(header(letter, "exception")).isEqualTo(IllegalStateException.class.getName());
    assertThat(header(letter, "message")).isEqualTo("no stock");
  }

  @Test
  void aForeignMessageStopsTheRunAndIsReported() {
    kafka.assign(ZERO).send(ZERO, "a", insert(1)).send(ZERO, "a", "hello");
    ConsumeLoop loop = fixture.loop(1, FailurePolicy.deadLetter("dead"), fixture::note);

    assertThatThrownBy(() -> fixture.run(loop))
        .isInstanceOf(ConsumeException.class)
        .hasMessageStartingWith(
            "Cannot handle the message in mall_db-0 offset 1: Expected a change")
        .hasCauseInstanceOf(MalformedChangeException.class);
    assertThat(handled).containsExactly("1");
    assertThat(kafka.committed(ZERO)).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"op\":\"c\",\"x\":1e99999999999}",
        "{\"op\":1",
        "[]",
        "\u0085",
        "{\"isDdl\":false,\"type\":\"INSERT\",\"data\":[1],\"ts\":1e99999999999}"
      })
  void thePolicyCoversAnyMalformedMessage(String malformed) {
    kafka.assign(ZERO).send(ZERO, "a", malformed).send(ZERO, "a", insert(1));

    fixture.runUntilHandled(1, deadLettering());

    assertThat(handled).containsExactly("1");
    assertThat(kafka.committed(ZERO)).isEqualTo(2);
    assertThat(fixture.letters.history()).hasSize(1);
    assertThat(header(fixture.letters.history().get(0), "exception"))
        .isEqualTo(MalformedChangeException.class.getName());
  }

  @Test
  void thePolicyCoversMalformedHeaders() {
    kafka.assign(ZERO);
    kafka.sendWithHeader(ZERO, insert(1), "bb.newkey", null);
    kafka.sendWithHeader(ZERO, insert(2), "bb.trimmed", "[1]");
    kafka.sendWithHeader(ZERO, insert(3), "bb.trimmed", "[1e99999999999]");
    kafka.sendWithHeader(ZERO, insert(4), "bb.oversize", "{\"id\":\"1\"}");
    kafka.sendWithHeader(ZERO, insert(5), "bb.oversize", marker("-1"));
    kafka.sendWithHeader(ZERO, insert(6), "bb.oversize", marker("1e99999999999"));
    kafka.sendWithHeader(ZERO, insert(7), "bb.oversize", null);
    kafka.send(ZERO, "a", insert(8));

    fixture.runUntilHandled(1, deadLettering());

    assertThat(handled).containsExactly("8");
    assertThat(fixture.letters.history()).hasSize(7);
  }

  private static String marker(String bytes) {
    return "{\"id\":\"1\",\"topic\":\"t\",\"partition\":0,\"offset\":0,\"count\":1,\"bytes\":%s}"
        .formatted(bytes);
  }

  private ConsumeSettings deadLettering() {
    return LoopFixture.settings(
        1,
        FailurePolicy.stop(),
        FailurePolicy.deadLetter("dead"),
        LostMessagesPolicy.STOP,
        LoopFixture.handler(LoopFixture.each(fixture::note), false));
  }

  @Test
  void aValueThatDoesNotFitIsReportedWithColumnAndOffset() {
    kafka.assign(ZERO).send(ZERO, "a", insert(1));
    Handler<OtherGoods> handler =
        new Handler<>(
            Handler.pattern("*"), RowMapper.of(OtherGoods.class)::map, changes -> {}, false);
    ConsumeLoop loop = fixture.loop(LoopFixture.settings(1, FailurePolicy.stop(), handler));

    assertThatThrownBy(() -> fixture.run(loop))
        .hasCauseInstanceOf(MappingException.class)
        .hasMessage(
            "Cannot handle the message in mall_db-0 offset 0: Column note with value \"x\" of JSON"
                + " does not fit long: expected a number");
  }

  @Test
  void tombstonesAndOtherTablesAreSkipped() {
    String other = insert(2).replace("\"goods\"", "\"package\"");
    kafka.assign(ZERO).send(ZERO, "a", other).send(ZERO, "a", null).send(ZERO, "a", insert(1));

    fixture.runUntilHandled(1, 1, fixture::note);

    assertThat(handled).containsExactly("1");
    assertThat(kafka.committed(ZERO)).isEqualTo(3);
  }

  @Test
  void parallelHandlingCommitsOnlyUpToTheFirstUnhandledChange() throws Exception {
    CountDownLatch started = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    kafka.assign(ZERO).send(ZERO, "slow", insert(1));
    for (int i = 2; i <= 9; i++) {
      kafka.send(ZERO, "key" + i, insert(i));
    }
    ConsumeLoop loop =
        fixture.loop(
            4,
            FailurePolicy.stop(),
            change -> {
              if (change.after().id() == 1) {
                started.countDown();
                release.await(20, TimeUnit.SECONDS);
              }
              fixture.note(change);
              finishAt(5);
            });
    CompletableFuture<Void> running = CompletableFuture.runAsync(() -> fixture.run(loop));

    // Tasks that are not started when the loop is stopped are left for the next consumer.
    assertThat(started.await(20, TimeUnit.SECONDS)).isTrue();
    allHandled.await(20, TimeUnit.SECONDS);
    assertThat(kafka.committed(ZERO)).isLessThan(1);

    release.countDown();
    loop.stop();
    running.join();
    assertThat(handled).contains("1");
    assertThat(kafka.committed(ZERO)).isPositive();
  }

  @Test
  void parallelHandlingKeepsTheOrderOfEachKey() {
    kafka.assign(ZERO, ONE);
    for (int i = 0; i < 300; i++) {
      kafka.send(i % 2 == 0 ? ZERO : ONE, "key" + i % 6, insert(i));
    }

    fixture.runUntilHandled(300, 4, fixture::note);

    for (int key = 0; key < 6; key++) {
      int of = key;
      assertThat(handled)
          .filteredOn(id -> Integer.parseInt(id) % 6 == of)
          .extracting(Integer::parseInt)
          .isSorted();
    }
    assertThat(kafka.committed(ZERO)).isEqualTo(150);
    assertThat(kafka.committed(ONE)).isEqualTo(150);
  }

  @Test
  void aBatchContainsTheChangesThatHaveArrived() {
    kafka.assign(ZERO);
    for (int i = 0; i < 100; i++) {
      kafka.send(ZERO, "a", insert(i));
    }
    List<Integer> sizes = Collections.synchronizedList(new ArrayList<>());
    BatchHandler<Goods> batches =
        changes -> {
          sizes.add(changes.size());
          changes.forEach(fixture::note);
        };

    fixture.runUntilHandled(
        100, LoopFixture.settings(1, FailurePolicy.stop(), LoopFixture.handler(batches, true)));

    assertThat(handled)
        .hasSize(100)
        .isSortedAccordingTo((a, b) -> Integer.parseInt(a) - Integer.parseInt(b));
    assertThat(sizes).allMatch(size -> size <= 10);
    assertThat(kafka.committed(ZERO)).isEqualTo(100);
  }

  @Test
  void handledChangesOfARevokedPartitionAreCommittedAndTheOthersDropped() throws Exception {
    CountDownLatch handling = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    kafka.assign(ZERO).send(ZERO, "a", insert(1)).send(ZERO, "a", insert(2));
    kafka.send(ZERO, "a", insert(3));
    ConsumeLoop loop =
        fixture.loop(
            1,
            FailurePolicy.stop(),
            change -> {
              if (change.after().id() == 2) {
                handling.countDown();
                release.await(20, TimeUnit.SECONDS);
              }
              fixture.note(change);
            });
    CompletableFuture<Void> running = CompletableFuture.runAsync(() -> fixture.run(loop));
    handling.await(20, TimeUnit.SECONDS);
    CountDownLatch rebalanced = new CountDownLatch(1);
    kafka.schedulePollTask(
        () -> {
          Thread poller = Thread.currentThread();
          CompletableFuture.runAsync(() -> releaseWhileWaiting(release, poller));
          loop.onPartitionsRevoked(List.of(ZERO));
          rebalanced.countDown();
        });

    assertThat(rebalanced.await(20, TimeUnit.SECONDS)).isTrue();
    loop.stop();
    running.join();

    assertThat(handled).containsExactly("1", "2");
    assertThat(kafka.committed(ZERO)).isEqualTo(2);
  }

  /** The poller waits with a timeout only for running handlers, after it has dropped the queue. */
  private static void releaseWhileWaiting(CountDownLatch release, Thread poller) {
    while (poller.getState() != Thread.State.TIMED_WAITING) {
      Thread.onSpinWait();
    }
    release.countDown();
  }

  @Test
  void nothingIsCommittedForALostPartition() throws Exception {
    CountDownLatch handling = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    kafka.assign(ZERO).send(ZERO, "a", insert(1));
    ConsumeLoop loop =
        fixture.loop(
            1,
            FailurePolicy.stop(),
            change -> {
              handling.countDown();
              release.await(20, TimeUnit.SECONDS);
            });
    CompletableFuture<Void> running = CompletableFuture.runAsync(() -> fixture.run(loop));
    handling.await(20, TimeUnit.SECONDS);
    CountDownLatch lost = new CountDownLatch(1);
    kafka.schedulePollTask(
        () -> {
          loop.onPartitionsLost(List.of(ZERO));
          lost.countDown();
        });
    assertThat(lost.await(20, TimeUnit.SECONDS)).isTrue();
    release.countDown();
    loop.stop();
    running.join();

    assertThat(kafka.committed(ZERO)).isLessThan(1);
  }

  @Test
  void pollingContinuesWhileAHandlerRuns() throws Exception {
    CountDownLatch handling = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    kafka.assign(ZERO).send(ZERO, "a", insert(1));
    ConsumeLoop loop =
        fixture.loop(
            1,
            FailurePolicy.stop(),
            change -> {
              handling.countDown();
              release.await(20, TimeUnit.SECONDS);
            });
    CompletableFuture<Void> running = CompletableFuture.runAsync(() -> fixture.run(loop));
    handling.await(20, TimeUnit.SECONDS);
    CountDownLatch polledThreeTimes = new CountDownLatch(3);
    for (int i = 0; i < 3; i++) {
      kafka.schedulePollTask(polledThreeTimes::countDown);
    }

    assertThat(polledThreeTimes.await(20, TimeUnit.SECONDS)).isTrue();
    release.countDown();
    loop.stop();
    running.join();
  }

  @Test
  void duplicatesAreDroppedAndTheirOffsetsCommitted() {
    kafka.assign(ZERO).send(ZERO, "a", insert(1)).send(ZERO, "a", insert(2));
    kafka.send(ZERO, "a", insert(1)).send(ZERO, "a", insert(2)).send(ZERO, "a", insert(3));

    fixture.runUntilHandled(3, 1, fixture::note);

    assertThat(handled).containsExactly("1", "2", "3");
    assertThat(kafka.committed(ZERO)).isEqualTo(5);
  }

  @Test
  void metricsCountARun() {
    kafka.assign(ZERO).send(ZERO, "a", insert(1)).send(ZERO, "a", insert(1));
    kafka.send(ZERO, "a", insert(2)).send(ZERO, "a", insert(3));
    FailurePolicy policy = FailurePolicy.retry(2, Duration.ofMillis(1)).thenDeadLetter("dead");

    fixture.runUntilHandled(2, 1, policy, fixture.failingAt(2, Integer.MAX_VALUE));

    assertThat(
            fixture
                .registry
                .get("binlogbroker.client.changes")
                .tag("table", "mall_db.goods")
                .counter())
        .returns(2.0, Counter::count);
    assertThat(fixture.registry.get("binlogbroker.client.handling").timer().count()).isEqualTo(2);
    assertThat(count("repeats")).isEqualTo(1);
    assertThat(count("retries")).isEqualTo(2);
    assertThat(count("dead.letters")).isEqualTo(1);
    assertThat(fixture.registry.get("binlogbroker.client.under.way").gauge().value())
        .isNotNegative();
  }

  private double count(String name) {
    return fixture.registry.get("binlogbroker.client." + name).counter().count();
  }

  @Test
  void aConsumerRunsOnlyOnce() {
    ConsumeLoop loop = fixture.loop(1, FailurePolicy.stop(), fixture::note);
    loop.stop();

    assertThatThrownBy(() -> fixture.run(loop)).isInstanceOf(IllegalStateException.class);
    assertThat(kafka.closed()).isTrue();
  }

  @Test
  void anErrorInAHandlerEndsTheRun() {
    kafka.assign(ZERO).send(ZERO, "a", insert(1));
    ConsumeLoop loop =
        fixture.loop(
            1,
            FailurePolicy.retry(100, Duration.ofSeconds(1)),
            change -> {
              throw new StackOverflowError();
            });

    assertThatThrownBy(() -> fixture.run(loop)).hasRootCauseInstanceOf(StackOverflowError.class);
  }

  private void finishAt(int count) {
    if (handled.size() >= count) {
      allHandled.countDown();
    }
  }

  private static String insert(long id) {
    return Changes.json("c", 100 + id, id, "x");
  }

  private static String header(ProducerRecord<byte[], byte[]> letter, String name) {
    return new String(
        letter.headers().lastHeader("bb.error." + name).value(), StandardCharsets.UTF_8);
  }
}
