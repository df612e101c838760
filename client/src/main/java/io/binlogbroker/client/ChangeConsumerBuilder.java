package io.binlogbroker.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.binlogbroker.client.format.ChangeFormat;
import io.binlogbroker.client.mapping.PlainRows;
import io.binlogbroker.client.mapping.RowMapper;
import io.binlogbroker.client.run.ConsumeLoops;
import io.binlogbroker.client.run.ConsumeSettings;
import io.binlogbroker.client.run.Handler;
import io.binlogbroker.client.run.Meters;
import io.binlogbroker.client.run.MicrometerMeters;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.jspecify.annotations.Nullable;

/** Configures a {@link ChangeConsumer}. One thread. */
public final class ChangeConsumerBuilder {
  private final Map<String, Object> properties = new HashMap<>();
  private final List<Handler<?>> handlers = new ArrayList<>();
  private @Nullable BiConsumer<Consumer<byte[], byte[]>, ConsumerRebalanceListener> subscription;
  private int parallelism = 1;
  private int batchSize = 500;
  private FailurePolicy onFailure = FailurePolicy.stop();
  private FailurePolicy onMalformed = FailurePolicy.stop();
  private LostMessagesPolicy onLostMessages = LostMessagesPolicy.STOP;
  private boolean othersRefused;
  private boolean repeatsDropped = true;
  private Duration commitInterval = Duration.ofSeconds(1);
  private Duration stopLimit = Duration.ofSeconds(30);
  private Meters meters = Meters.none();

  ChangeConsumerBuilder() {
    properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    // The broker creates topics, with the number of partitions in its configuration.
    properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
  }

  /** Kafka's bootstrap servers, such as {@code localhost:9092}. */
  public ChangeConsumerBuilder brokers(String... servers) {
    properties.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, String.join(",", servers));
    return this;
  }

  /** The consumer group: its members share the partitions, and offsets are committed for it. */
  public ChangeConsumerBuilder group(String group) {
    properties.put(ConsumerConfig.GROUP_ID_CONFIG, group);
    return this;
  }

  /** The topics to read. */
  public ChangeConsumerBuilder topics(String... topics) {
    subscription = (consumer, listener) -> consumer.subscribe(List.of(topics), listener);
    return this;
  }

  /** All topics whose whole name matches, including topics that are created later. */
  public ChangeConsumerBuilder topics(Pattern pattern) {
    subscription = (consumer, listener) -> consumer.subscribe(pattern, listener);
    return this;
  }

  /**
   * Sets a property of Kafka's consumer. By default, {@code isolation.level} is {@code
   * read_committed} and {@code auto.offset.reset} is {@code earliest}; the latter only determines
   * where to start in a partition for which the group has committed nothing. See {@link
   * #onLostMessages} for missing messages.
   */
  public ChangeConsumerBuilder property(String name, Object value) {
    properties.put(name, value);
    return this;
  }

  /**
   * Handles the changes of tables. The first handler that matches a table receives its changes.
   *
   * @param tables a name such as {@code mall_db.goods}; {@code *} matches any characters
   * @param type the record or class that rows are mapped to
   */
  public <T> ChangeConsumerBuilder on(String tables, Class<T> type, ChangeHandler<T> handler) {
    return add(tables, RowMapper.of(type)::map, each(handler), false);
  }

  /** The same with rows as maps from column to value; NULL is a null value. */
  public ChangeConsumerBuilder on(
      String tables, ChangeHandler<Map<String, @Nullable Object>> handler) {
    return add(tables, PlainRows::map, each(handler), false);
  }

  /** Handles the changes of all tables that no earlier handler matches. */
  public ChangeConsumerBuilder onAny(ChangeHandler<Map<String, @Nullable Object>> handler) {
    return on("*", handler);
  }

  /**
   * Handles the changes of tables in batches: all changes that have arrived, of up to {@link
   * #batchSize} messages.
   */
  public <T> ChangeConsumerBuilder onBatch(String tables, Class<T> type, BatchHandler<T> handler) {
    return add(tables, RowMapper.of(type)::map, handler, true);
  }

  /** The same with rows as maps from column to value. */
  public ChangeConsumerBuilder onBatch(
      String tables, BatchHandler<Map<String, @Nullable Object>> handler) {
    return add(tables, PlainRows::map, handler, true);
  }

  private <T> ChangeConsumerBuilder add(
      String tables,
      BiFunction<Map<String, JsonNode>, ChangeFormat, T> mapper,
      BatchHandler<T> code,
      boolean isBatch) {
    handlers.add(new Handler<>(Handler.pattern(tables), mapper, code, isBatch));
    return this;
  }

  private static <T> BatchHandler<T> each(ChangeHandler<T> handler) {
    return changes -> {
      for (Change<T> change : changes) {
        handler.handle(change);
      }
    };
  }

  /**
   * Treats a change of a table without a handler as a malformed message; by default, it is skipped.
   */
  public ChangeConsumerBuilder refuseOtherTables() {
    othersRefused = true;
    return this;
  }

  /**
   * The number of threads that handle changes; default 1. One thread handles all changes of a key,
   * in order.
   */
  public ChangeConsumerBuilder parallelism(int threads) {
    parallelism = threads;
    return this;
  }

  /** The maximum number of messages in one call of a batch handler; default 500. */
  public ChangeConsumerBuilder batchSize(int messages) {
    batchSize = messages;
    return this;
  }

  /** What to do when a handler throws; default: stop. */
  public ChangeConsumerBuilder onFailure(FailurePolicy policy) {
    onFailure = policy;
    return this;
  }

  /**
   * What to do when a message is not a change, or its rows do not fit the handler's class; default:
   * stop. The policy's retries are not used, because every attempt would fail in the same way.
   */
  public ChangeConsumerBuilder onMalformed(FailurePolicy policy) {
    onMalformed = policy;
    return this;
  }

  /**
   * What to do when Kafka no longer has messages that were not handled, because retention deleted
   * them or the topic was recreated; default: stop.
   */
  public ChangeConsumerBuilder onLostMessages(LostMessagesPolicy policy) {
    onLostMessages = policy;
    return this;
  }

  /**
   * Delivers the duplicates that a broker with at-least-once delivery sends; by default, they are
   * dropped.
   */
  public ChangeConsumerBuilder keepRepeats() {
    repeatsDropped = false;
    return this;
  }

  /**
   * How often offsets are committed; what was handled since is handled again after a crash. Default
   * 1 s.
   */
  public ChangeConsumerBuilder commitInterval(Duration interval) {
    commitInterval = interval;
    return this;
  }

  /** How long running handlers may take at the end of the run and at a rebalance; default 30 s. */
  public ChangeConsumerBuilder stopLimit(Duration limit) {
    stopLimit = limit;
    return this;
  }

  /** Records metrics in a registry; requires Micrometer on the class path. */
  public ChangeConsumerBuilder metrics(MeterRegistry registry) {
    meters = new MicrometerMeters(registry);
    return this;
  }

  /**
   * Creates the consumer.
   *
   * @throws IllegalArgumentException if a setting is missing or invalid
   */
  public ChangeConsumer build() {
    require(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, "brokers(...)");
    require(ConsumerConfig.GROUP_ID_CONFIG, "group(...)");
    if (subscription == null) {
      throw new IllegalArgumentException("Missing the topics: call topics(...)");
    }
    ConsumeSettings settings =
        new ConsumeSettings(
            handlers,
            parallelism,
            batchSize,
            onFailure,
            onMalformed,
            onLostMessages,
            othersRefused,
            repeatsDropped,
            commitInterval,
            stopLimit);
    return new ChangeConsumer(ConsumeLoops.open(properties, settings, meters), subscription);
  }

  private void require(String property, String call) {
    if (!properties.containsKey(property)) {
      throw new IllegalArgumentException("Missing " + property + ": call " + call);
    }
  }
}
