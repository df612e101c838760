package io.binlogbroker.broker.kafka;

import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * Remembers the first message that Kafka did not take; the later ones mostly fail because of it.
 * Written by Kafka's thread, read by the sink's thread.
 */
final class FirstFailure implements Callback {
  /**
   * @param doing what was being done with which message
   * @param topic that it was for; null where Kafka does not say
   */
  record Failure(String doing, @Nullable String topic, Exception cause) {}

  private final AtomicReference<@Nullable Failure> first = new AtomicReference<>();

  @Override
  public void onCompletion(@Nullable RecordMetadata metadata, @Nullable Exception failure) {
    if (failure != null) {
      String topic = metadata == null ? "a topic" : "topic " + metadata.topic();
      remember("sending to " + topic, metadata == null ? null : metadata.topic(), failure);
    }
  }

  void remember(String doing, @Nullable String topic, Exception cause) {
    first.compareAndSet(null, new Failure(doing, topic, cause));
  }

  @Nullable Failure get() {
    return first.get();
  }
}
