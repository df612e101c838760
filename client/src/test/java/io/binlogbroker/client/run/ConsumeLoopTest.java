package io.binlogbroker.client.run;

import static io.binlogbroker.client.run.FakeKafka.ONE;
import static io.binlogbroker.client.run.FakeKafka.ZERO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.binlogbroker.client.BatchHandler;
import io.binlogbroker.client.Change;
import io.binlogbroker.client.ChangeHandler;
import io.binlogbroker.client.ConsumeException;
import io.binlogbroker.client.FailurePolicy;
import io.binlogbroker.client.MalformedChangeException;
import io.binlogbroker.client.MappingException;
import io.binlogbroker.client.OversizeMessages;
import io.binlogbroker.client.mapping.RowMapper;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

class ConsumeLoopTest {
  private final FakeKafka kafka = new FakeKafka();
  private final MockProducer<byte[], byte[]> letters =
      new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
  private final List<String> handled = Collections.synchronizedList(new ArrayList<>());
  private final CountDownLatch allHandled = new CountDownLatch(1);

  /** A row of the table. */
  record Goods(long id, String note) {}

  record OtherGoods(long id, long note) {}

  @Test
  void whatIsHandledIsCommittedAtTheEnd() {
    kafka.assign(ZERO).send(ZERO, "a", insert(1)).send(ZERO, "a", insert(2));
    kafka.send(ZERO, "a", insert(3));

    runUntilHandled(3, 1, this::note);

    assertThat(handled).containsExactly("1", "2", "3");
    assertThat(kafka.committed(ZERO)).isEqualTo(3);
  }

  @Test
  void nothingBehindAFailureIsCommitted() {
    kafka.assign(ZERO).send(ZERO, "a", insert(1)).send(ZERO, "a", insert(2));
    kafka.send(ZERO, "a", insert(3));
    ConsumeLoop loop = loop(1, FailurePolicy.stop(), failingAt(2, Integer.MAX_VALUE));

    assertThatThrownBy(() -> run(loop))
        .isInstanceOf(ConsumeException.class)
        .hasMessage("Cannot handle the message in mall_db-0 offset 1: no stock")
        .hasCauseInstanceOf(IllegalStateException.class);

    assertThat(handled).containsExactly("1");
    assertThat(kafka.committed(ZERO)).isEqualTo(1);
  }

  @Test
  void afterSomeRetriesAHandlerMaySucceed() {
    kafka.assign(ZERO).send(ZERO, "a", insert(1)).send(ZERO, "a", insert(2));

    runUntilHandled(2, 1, FailurePolicy.retry(3, Duration.ofMillis(1)), failingAt(1, 3));

    assertThat(handled).containsExactly("1", "2");
    assertThat(kafka.committed(ZERO)).isEqualTo(2);
  }

  @Test
  void retriesEnd() {
    kafka.assign(ZERO).send(ZERO, "a", insert(1));
    AtomicInteger tries = new AtomicInteger();
    ConsumeLoop loop =
        loop(
            1,
            FailurePolicy.retry(2, Duration.ofMillis(1)),
            change -> {
              tries.incrementAndGet();
              throw new IllegalStateException("no stock");
            });

    assertThatThrownBy(() -> run(loop)).isInstanceOf(ConsumeException.class);
    assertThat(tries).hasValue(3);
    assertThat(kafka.committed(ZERO)).isEqualTo(-1);
  }

  @Test
  void aDeadLetterCarriesItsReasonAndTheRunGoesOn() {
    kafka.assign(ZERO).send(ZERO, "a", insert(1)).send(ZERO, "a", insert(2));

    runUntilHandled(1, 1, FailurePolicy.deadLetter("dead"), failingAt(1, Integer.MAX_VALUE));

    assertThat(handled).containsExactly("2");
    assertThat(kafka.committed(ZERO)).isEqualTo(2);
    assertThat(letters.history()).hasSize(1);
    ProducerRecord<byte[], byte[]> letter = letters.history().get(0);
    assertThat(letter.topic()).isEqualTo("dead");
    assertThat(letter.value()).isEqualTo(insert(1).getBytes(StandardCharsets.UTF_8));
    assertThat(header(letter, "topic")).isEqualTo("mall_db");
    assertThat(header(letter, "partition")).isEqualTo("0");
    assertThat(header(letter, "offset")).isEqualTo("0");
    assertThat(header(letter, "exception")).isEqualTo(IllegalStateException.class.getName());
    assertThat(header(letter, "message")).isEqualTo("no stock");
  }

  @Test
  void aForeignMessageStopsTheRunAndIsNamed() {
    kafka.assign(ZERO).send(ZERO, "a", insert(1)).send(ZERO, "a", "hello");
    ConsumeLoop loop = loop(1, FailurePolicy.deadLetter("dead"), this::note);

    assertThatThrownBy(() -> run(loop))
        .isInstanceOf(ConsumeException.class)
        .hasMessageStartingWith(
            "Cannot handle the message in mall_db-0 offset 1: Expected a change")
        .hasCauseInstanceOf(MalformedChangeException.class);
    assertThat(handled).containsExactly("1");
    assertThat(kafka.committed(ZERO)).isEqualTo(1);
  }

  @Test
  void aClassThatDoesNotFitNamesColumnValueAndPlace() {
    kafka.assign(ZERO).send(ZERO, "a", insert(1));
    Handler<OtherGoods> handler =
        new Handler<>(
            Handler.pattern("*"), RowMapper.of(OtherGoods.class)::map, changes -> {}, false);
    ConsumeLoop loop = loop(settings(1, FailurePolicy.stop(), handler));

    assertThatThrownBy(() -> run(loop))
        .hasCauseInstanceOf(MappingException.class)
        .hasMessage(
            "Cannot handle the message in mall_db-0 offset 0: Column note with value \"x\" of JSON"
                + " does not fit long: expected a number");
  }

  @Test
  void tombstonesAndOtherTablesArePassedOver() {
    String other = insert(2).replace("\"goods\"", "\"package\"");
    kafka.assign(ZERO).send(ZERO, "a", other).send(ZERO, "a", null).send(ZERO, "a", insert(1));

    runUntilHandled(1, 1, this::note);

    assertThat(handled).containsExactly("1");
    assertThat(kafka.committed(ZERO)).isEqualTo(3);
  }

  @Test
  void onlyTheGaplessBeginningIsCommittedWhenKeysAreHandledInParallel() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    kafka.assign(ZERO).send(ZERO, "slow", insert(1));
    for (int i = 2; i <= 9; i++) {
      kafka.send(ZERO, "key" + i, insert(i));
    }
    ConsumeLoop loop =
        loop(
            4,
            FailurePolicy.stop(),
            change -> {
              if (change.after().id() == 1) {
                release.await(20, TimeUnit.SECONDS);
              }
              note(change);
              finishAt(5);
            });
    CompletableFuture<Void> running = CompletableFuture.runAsync(() -> run(loop));

    allHandled.await(20, TimeUnit.SECONDS);
    assertThat(kafka.committed(ZERO)).isEqualTo(-1);

    release.countDown();
    loop.stop();
    running.join();
    assertThat(handled).contains("1");
    assertThat(kafka.committed(ZERO)).isPositive();
  }

  @Test
  void theOrderOfAKeyHoldsInParallel() {
    kafka.assign(ZERO, ONE);
    for (int i = 0; i < 300; i++) {
      kafka.send(i % 2 == 0 ? ZERO : ONE, "key" + i % 6, insert(i));
    }

    runUntilHandled(300, 4, this::note);

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
  void aBatchHoldsWhatHasCome() {
    kafka.assign(ZERO);
    for (int i = 0; i < 100; i++) {
      kafka.send(ZERO, "a", insert(i));
    }
    List<Integer> sizes = Collections.synchronizedList(new ArrayList<>());
    BatchHandler<Goods> batches =
        changes -> {
          sizes.add(changes.size());
          changes.forEach(this::note);
        };

    runUntilHandled(100, settings(1, FailurePolicy.stop(), handler(batches, true)));

    assertThat(handled)
        .hasSize(100)
        .isSortedAccordingTo((a, b) -> Integer.parseInt(a) - Integer.parseInt(b));
    assertThat(sizes).allMatch(size -> size <= 10);
    assertThat(kafka.committed(ZERO)).isEqualTo(100);
  }

  @Test
  void aRevokedPartitionIsCommittedAsFarAsItIsHandledAndTheRestIsDropped() throws Exception {
    CountDownLatch handling = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    kafka.assign(ZERO).send(ZERO, "a", insert(1)).send(ZERO, "a", insert(2));
    kafka.send(ZERO, "a", insert(3));
    ConsumeLoop loop =
        loop(
            1,
            FailurePolicy.stop(),
            change -> {
              if (change.after().id() == 2) {
                handling.countDown();
                release.await(20, TimeUnit.SECONDS);
              }
              note(change);
            });
    CompletableFuture<Void> running = CompletableFuture.runAsync(() -> run(loop));
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

  /** Only the wait for the handlers has a limit, and it comes after the queue was dropped. */
  private static void releaseWhileWaiting(CountDownLatch release, Thread poller) {
    while (poller.getState() != Thread.State.TIMED_WAITING) {
      Thread.onSpinWait();
    }
    release.countDown();
  }

  @Test
  void ofALostPartitionNothingIsCommitted() throws Exception {
    CountDownLatch handling = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    kafka.assign(ZERO).send(ZERO, "a", insert(1));
    ConsumeLoop loop =
        loop(
            1,
            FailurePolicy.stop(),
            change -> {
              handling.countDown();
              release.await(20, TimeUnit.SECONDS);
            });
    CompletableFuture<Void> running = CompletableFuture.runAsync(() -> run(loop));
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

    assertThat(kafka.committed(ZERO)).isEqualTo(-1);
  }

  @Test
  void pollingGoesOnWhileAHandlerWorks() throws Exception {
    CountDownLatch handling = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    kafka.assign(ZERO).send(ZERO, "a", insert(1));
    ConsumeLoop loop =
        loop(
            1,
            FailurePolicy.stop(),
            change -> {
              handling.countDown();
              release.await(20, TimeUnit.SECONDS);
            });
    CompletableFuture<Void> running = CompletableFuture.runAsync(() -> run(loop));
    handling.await(20, TimeUnit.SECONDS);
    CountDownLatch polledThrice = new CountDownLatch(3);
    for (int i = 0; i < 3; i++) {
      kafka.schedulePollTask(polledThrice::countDown);
    }

    assertThat(polledThrice.await(20, TimeUnit.SECONDS)).isTrue();
    release.countDown();
    loop.stop();
    running.join();
  }

  @Test
  void repeatsAreDroppedAndTheirOffsetsCommitted() {
    kafka.assign(ZERO).send(ZERO, "a", insert(1)).send(ZERO, "a", insert(2));
    kafka.send(ZERO, "a", insert(1)).send(ZERO, "a", insert(2)).send(ZERO, "a", insert(3));

    runUntilHandled(3, 1, this::note);

    assertThat(handled).containsExactly("1", "2", "3");
    assertThat(kafka.committed(ZERO)).isEqualTo(5);
  }

  @Test
  void aConsumerRunsOnceOnly() {
    ConsumeLoop loop = loop(1, FailurePolicy.stop(), this::note);
    loop.stop();

    assertThatThrownBy(() -> run(loop)).isInstanceOf(IllegalStateException.class);
    assertThat(kafka.closed()).isTrue();
  }

  @Test
  void anErrorInAHandlerEndsTheRun() {
    kafka.assign(ZERO).send(ZERO, "a", insert(1));
    ConsumeLoop loop =
        loop(
            1,
            FailurePolicy.retry(100, Duration.ofSeconds(1)),
            change -> {
              throw new StackOverflowError();
            });

    assertThatThrownBy(() -> run(loop)).hasRootCauseInstanceOf(StackOverflowError.class);
  }

  private ChangeHandler<Goods> failingAt(long id, int times) {
    AtomicInteger failures = new AtomicInteger();
    return change -> {
      if (change.after().id() == id && failures.getAndIncrement() < times) {
        throw new IllegalStateException("no stock");
      }
      note(change);
    };
  }

  private void note(Change<Goods> change) {
    handled.add(Long.toString(change.after().id()));
  }

  private void finishAt(int count) {
    if (handled.size() >= count) {
      allHandled.countDown();
    }
  }

  private void runUntilHandled(int count, int parallelism, ChangeHandler<Goods> code) {
    runUntilHandled(count, parallelism, FailurePolicy.stop(), code);
  }

  private void runUntilHandled(
      int count, int parallelism, FailurePolicy policy, ChangeHandler<Goods> code) {
    runUntilHandled(count, settings(parallelism, policy, handler(each(code), false)));
  }

  /** Ends the run when so many are handled and all that was sent has been polled. */
  private void runUntilHandled(int count, ConsumeSettings settings) {
    ConsumeLoop loop = loop(settings);
    CompletableFuture<Void> running = CompletableFuture.runAsync(() -> run(loop));
    CountDownLatch polled = new CountDownLatch(1);
    kafka.schedulePollTask(polled::countDown);
    try {
      assertThat(polled.await(20, TimeUnit.SECONDS)).isTrue();
      long started = System.nanoTime();
      while (handled.size() < count && System.nanoTime() - started < 20_000_000_000L) {
        Thread.onSpinWait();
      }
      loop.stop();
      running.join();
    } catch (InterruptedException e) {
      throw new CompletionException(e);
    }
  }

  private void run(ConsumeLoop loop) {
    loop.run((consumer, listener) -> consumer.subscribe(FakeKafka.topics(), listener));
  }

  private ConsumeLoop loop(int parallelism, FailurePolicy policy, ChangeHandler<Goods> code) {
    return loop(settings(parallelism, policy, handler(each(code), false)));
  }

  private ConsumeLoop loop(ConsumeSettings settings) {
    return new ConsumeLoop(
        kafka,
        settings,
        new DeadLetters(() -> letters),
        OversizeMessages.of(Map.of()),
        Meters.none());
  }

  private static ConsumeSettings settings(
      int parallelism, FailurePolicy policy, Handler<?> handler) {
    return new ConsumeSettings(
        List.of(handler),
        parallelism,
        10,
        policy,
        FailurePolicy.stop(),
        false,
        true,
        Duration.ofMillis(1),
        Duration.ofSeconds(10));
  }

  private static Handler<Goods> handler(BatchHandler<Goods> code, boolean isBatch) {
    return new Handler<>(
        Handler.pattern("mall_db.goods"), RowMapper.of(Goods.class)::map, code, isBatch);
  }

  private static BatchHandler<Goods> each(ChangeHandler<Goods> handler) {
    return changes -> {
      for (Change<Goods> change : changes) {
        handler.handle(change);
      }
    };
  }

  private static String insert(long id) {
    return Changes.json("c", 100 + id, id, "x");
  }

  private static String header(ProducerRecord<byte[], byte[]> letter, String name) {
    return new String(
        letter.headers().lastHeader("bb.error." + name).value(), StandardCharsets.UTF_8);
  }
}
