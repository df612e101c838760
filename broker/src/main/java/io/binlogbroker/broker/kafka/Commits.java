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
 * How messages and positions become durable together over one producer: one way for each delivery.
 * The sink's thread, but for {@link #committed}; failures come out as Kafka's own exceptions.
 */
interface Commits {
  /** Gets the producer ready, and shuts out earlier ones where Kafka can. */
  void start();

  /** Takes what an earlier sink had committed. */
  void goOnFrom(@Nullable Position position);

  /** That the next message goes to. */
  Producer<byte[], byte[]> producer();

  /** Gets ready for one more message; what becomes of it is told to the result. */
  Callback beforeMessage();

  default Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> message) {
    Callback told = beforeMessage();
    return producer().send(message, told);
  }

  void commit(Position position);

  void flush();

  /** Any thread may ask. */
  @Nullable Position committed();

  /** Whether Kafka may have aborted by itself what is open, because it took too long. */
  boolean hasOutlivedTransaction();

  /** Lets go of Kafka; what is open is aborted, if Kafka answers in time. */
  void close(Duration patience);
}
