package io.binlogbroker.broker;

import io.binlogbroker.broker.ha.Mastership;
import io.binlogbroker.broker.kafka.KafkaChangeSink;
import io.binlogbroker.broker.kafka.KafkaSettings;
import io.binlogbroker.broker.kafka.SinkMetrics;
import io.binlogbroker.engine.metrics.Metric;
import io.binlogbroker.engine.metrics.Metrics;
import io.binlogbroker.engine.relay.AsyncChangeSink;
import io.binlogbroker.engine.relay.ChangeSink;
import io.binlogbroker.engine.relay.RelayMetrics;
import java.time.Clock;
import java.util.function.BooleanSupplier;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * Creates the sinks of a group's terms, and measures how full the current one is. The relay thread
 * creates; any thread measures.
 */
final class KafkaSinks {
  private final KafkaSettings settings;
  private final Clock clock;
  private final BooleanSupplier isMaster;
  private final SinkMetrics metrics;
  private volatile @Nullable Current current;

  private record Current(AsyncChangeSink queue, KafkaChangeSink kafka) {}

  /**
   * @param relay takes the positions that become durable
   * @param isMaster whether the sink that was created last is in use
   */
  KafkaSinks(
      KafkaSettings settings,
      Clock clock,
      RelayMetrics relay,
      BooleanSupplier isMaster,
      Metrics metrics) {
    this.settings = settings;
    this.clock = clock;
    this.isMaster = isMaster;
    this.metrics =
        new SinkMetrics(
            metrics.counter(Metric.TRIMMED_ROWS),
            metrics.counter(Metric.DEAD_LETTERED_ROWS),
            relay.commits()::durable);
    metrics.gauge(
        Metric.SEND_QUEUE_BYTES, () -> ofCurrent(sink -> (double) sink.queue.queuedBytes()));
    metrics.gauge(Metric.KAFKA_BUFFER_BYTES, () -> ofCurrent(sink -> sink.kafka.bufferedBytes()));
  }

  ChangeSink create(Mastership mastership) {
    KafkaChangeSink kafka = new KafkaChangeSink(settings, clock, metrics);
    AsyncChangeSink sink = new AsyncChangeSink(kafka, mastership::isHeld);
    current = new Current(sink, kafka);
    return sink;
  }

  /** NaN while another broker is master. */
  private double ofCurrent(ToDoubleFunction<Current> value) {
    Current sink = current;
    return sink == null || !isMaster.getAsBoolean() ? Double.NaN : value.applyAsDouble(sink);
  }
}
