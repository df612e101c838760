package io.binlogbroker.bench.delay;

import io.binlogbroker.broker.config.Delivery;
import io.binlogbroker.broker.kafka.KafkaChangeSink;
import io.binlogbroker.broker.kafka.KafkaSettings;
import io.binlogbroker.broker.kafka.TopicSettings;
import io.binlogbroker.engine.model.BinlogPosition;
import io.binlogbroker.engine.model.Position;
import io.binlogbroker.engine.relay.ChangeSink;
import io.binlogbroker.engine.relay.Message;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Passes messages to the broker's sink at a fixed rate on its own thread, and commits when none is
 * due. Measures the part of a row's latency that is due to Kafka and its client.
 */
final class SinkWriter implements RowSource, AutoCloseable {
  private static final byte[] KEY = "1".getBytes(StandardCharsets.UTF_8);
  private static final String PAD = "x".repeat(250);

  private final ExecutorService thread = Executors.newSingleThreadExecutor();
  private final Future<?> end;

  private SinkWriter(String kafka, String topic, int rate, int count) {
    end = thread.submit(() -> write(kafka, topic, rate, count));
  }

  /** Starts writing this many messages. */
  static SinkWriter start(String kafka, String topic, int rate, int count) {
    return new SinkWriter(kafka, topic, rate, count);
  }

  /** Throws the writer's failure. */
  @Override
  public void requireAlive() throws Exception {
    if (end.isDone()) {
      end.get();
    }
  }

  @Override
  public IllegalStateException failed(String what) {
    return new IllegalStateException("Expected the sink to deliver all rows, but " + what);
  }

  private static void write(String kafka, String topic, int rate, int count) {
    try (ChangeSink sink = new KafkaChangeSink(settings(kafka, topic), Clock.systemUTC())) {
      sink.open();
      Schedule schedule = new Schedule(rate);
      int row = 0;
      while (row < count) {
        schedule.await(row);
        while (row < count && schedule.isDue(row)) {
          sink.send(Message.of(topic, KEY, value(schedule.dueNanos(row) / 1_000), null));
          row++;
        }
        sink.commit(
            new Position(new BinlogPosition("binlog.000001", row), null, 0, 0, null, "bench"));
      }
    }
  }

  /** The time is the scheduled one, so that waiting for the previous commit counts as latency. */
  private static byte[] value(long micros) {
    return ("{\"" + SentTime.COLUMN + "\":" + micros + ",\"pad\":\"" + PAD + "\"}")
        .getBytes(StandardCharsets.UTF_8);
  }

  private static KafkaSettings settings(String kafka, String topic) {
    return new KafkaSettings(
        topic,
        List.of(kafka),
        Delivery.EXACTLY_ONCE,
        KafkaSettings.POSITIONS_TOPIC,
        new TopicSettings(1, 1),
        Map.of());
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
