package io.binlogbroker.broker.kafka.flow;

import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the first message that Kafka refused; later ones mostly fail because of it. Written by
 * Kafka's thread, read by the sink's thread.
 */
public final class FirstFailure implements Callback {
  /**
   * @param doing the operation that failed, with its message
   * @param topic of the message; null if Kafka does not report it
   */
  public record Failure(String doing, @Nullable String topic, Exception cause) {}

  private final AtomicReference<@Nullable Failure> first = new AtomicReference<>();

  @Override
  public void onCompletion(@Nullable RecordMetadata metadata, @Nullable Exception failure) {
    if (failure != null) {
      String topic = metadata == null ? "a topic" : "topic " + metadata.topic();
      record("sending to " + topic, metadata == null ? null : metadata.topic(), failure);
    }
  }

  public void record(String doing, @Nullable String topic, Exception cause) {
    first.compareAndSet(null, new Failure(doing, topic, cause));
  }

  public @Nullable Failure get() {
    return first.get();
  }
}
