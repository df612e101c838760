package io.binlogbroker.broker.kafka;

import io.binlogbroker.engine.model.Position;
import java.time.Duration;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * Makes messages and positions durable together; one implementation for each delivery guarantee.
 * Used by the sink's thread, except {@link #committed}; failures are Kafka's own exceptions.
 */
interface Commits {
  /** Initializes the producer and fences earlier ones where Kafka supports it. */
  void start();

  /** Sets the position that an earlier sink committed. */
  void resumeFrom(@Nullable Position position);

  /** The producer for the next message. */
  Producer<byte[], byte[]> producer();

  /** Prepares for one more message; returns the callback for its result. */
  Callback beforeMessage();

  default Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> message) {
    Callback callback = beforeMessage();
    return producer().send(message, callback);
  }

  /** Stores a state that is durable with the next position at the latest, never before it. */
  void store(ProducerRecord<byte[], byte[]> state);

  void commit(Position position);

  void flush();

  /** Any thread may call this. */
  @Nullable Position committed();

  /** Bytes of the producers' buffers that are in use. Any thread may call this. */
  double bufferedBytes();

  /** Whether Kafka may have aborted the open transaction because it exceeded its timeout. */
  boolean hasTransactionTimedOut();

  /** Closes the producer; an open transaction is aborted if Kafka answers in time. */
  void close(Duration timeout);
}
