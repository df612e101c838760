package io.binlogbroker.client.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.binlogbroker.client.BatchHandler;
import io.binlogbroker.client.Change;
import io.binlogbroker.client.ChangeHandler;
import io.binlogbroker.client.FailurePolicy;
import io.binlogbroker.client.LostMessagesPolicy;
import io.binlogbroker.client.OversizeMessages;
import io.binlogbroker.client.mapping.RowMapper;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
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
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A run with a fake consumer, and its results. */
final class LoopFixture {
  final FakeConsumer kafka = new FakeConsumer();
  final MockProducer<byte[], byte[]> letters =
      new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
  final MeterRegistry registry = new SimpleMeterRegistry();

  /** Applies to partitions without a committed offset. */
  OffsetReset offsetReset = OffsetReset.of("earliest");

  /** The ids of handled rows, in order. */
  final List<String> handled = Collections.synchronizedList(new ArrayList<>());

  /** A row of the table. */
  record Goods(long id, String note) {}

  ChangeHandler<Goods> failingAt(long id, int times) {
    AtomicInteger failures = new AtomicInteger();
    return change -> {
      if (change.after().id() == id && failures.getAndIncrement() < times) {
        throw new IllegalStateException("no stock");
      }
      note(change);
    };
  }

  void note(Change<Goods> change) {
    handled.add(Long.toString(change.after().id()));
  }

  void runUntilHandled(int count, int parallelism, ChangeHandler<Goods> code) {
    runUntilHandled(count, parallelism, FailurePolicy.stop(), code);
  }

  void runUntilHandled(
      int count, int parallelism, FailurePolicy policy, ChangeHandler<Goods> code) {
    runUntilHandled(count, settings(parallelism, policy, handler(each(code), false)));
  }

  /** Ends the run when this many changes are handled and everything sent has been polled. */
  void runUntilHandled(int count, ConsumeSettings settings) {
    ConsumeLoop loop = loop(settings);
    CompletableFuture<Void> running = CompletableFuture.runAsync(() -> run(loop));
    CountDownLatch polled = new CountDownLatch(1);
    kafka.schedulePollTask(polled::countDown);
    running.whenComplete((nothing, failure) -> polled.countDown());
    try {
      assertThat(polled.await(20, TimeUnit.SECONDS)).isTrue();
      long started = System.nanoTime();
      while (handled.size() < count
          && !running.isDone()
          && System.nanoTime() - started < 20_000_000_000L) {
        Thread.onSpinWait();
      }
      loop.stop();
      running.join();
    } catch (InterruptedException e) {
      throw new CompletionException(e);
    }
  }

  void run(ConsumeLoop loop) {
    loop.run((consumer, listener) -> consumer.subscribe(FakeConsumer.topics(), listener));
  }

  ConsumeLoop loop(int parallelism, FailurePolicy policy, ChangeHandler<Goods> code) {
    return loop(settings(parallelism, policy, handler(each(code), false)));
  }

  ConsumeLoop loop(ConsumeSettings settings) {
    return new ConsumeLoop(
        kafka,
        offsetReset,
        settings,
        new DeadLetters(() -> letters),
        OversizeMessages.of(Map.of()),
        new MicrometerMeters(registry));
  }

  static ConsumeSettings settings(int parallelism, FailurePolicy policy, Handler<?> handler) {
    return settings(parallelism, policy, FailurePolicy.stop(), LostMessagesPolicy.STOP, handler);
  }

  static ConsumeSettings settings(
      int parallelism,
      FailurePolicy policy,
      FailurePolicy onMalformed,
      LostMessagesPolicy onLostMessages,
      Handler<?> handler) {
    return new ConsumeSettings(
        List.of(handler),
        parallelism,
        10,
        policy,
        onMalformed,
        onLostMessages,
        false,
        true,
        Duration.ofMillis(1),
        Duration.ofSeconds(10));
  }

  static Handler<Goods> handler(BatchHandler<Goods> code, boolean isBatch) {
    return new Handler<>(
        Handler.pattern("mall_db.goods"), RowMapper.of(Goods.class)::map, code, isBatch);
  }

  static BatchHandler<Goods> each(ChangeHandler<Goods> handler) {
    return changes -> {
      for (Change<Goods> change : changes) {
        handler.handle(change);
      }
    };
  }
}
