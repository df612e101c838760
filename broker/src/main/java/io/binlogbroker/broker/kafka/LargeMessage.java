package io.binlogbroker.broker.kafka;

import io.binlogbroker.broker.kafka.flow.FirstFailure;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * The callback of a message that its topic may refuse: adds the size to the failure. Kafka's
 * thread.
 */
record LargeMessage(KafkaTopic topic, long bytes, FirstFailure failure, Callback next)
    implements Callback {
  @Override
  public void onCompletion(@Nullable RecordMetadata metadata, @Nullable Exception cause) {
    if (cause != null) {
      failure.record(
          "sending "
              + bytes
              + " bytes to topic "
              + topic.name()
              + " (its max.message.bytes is "
              + topic.limit()
              + ")",
          topic.name(),
          cause);
    }
    next.onCompletion(metadata, cause);
  }
}
