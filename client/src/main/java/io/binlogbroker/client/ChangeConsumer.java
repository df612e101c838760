package io.binlogbroker.client;

import io.binlogbroker.client.run.ConsumeLoop;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;

/**
 * Hands the changes in some topics to an application's code: each at least once, those of one key
 * in the order of the binary log. Offsets are committed for what has been handled.
 *
 * <pre>{@code
 * record Goods(long id, @SourceColumn("sp_id") long supplier, BigDecimal price) {}
 *
 * try (ChangeConsumer consumer =
 *     ChangeConsumer.builder()
 *         .brokers("localhost:9092")
 *         .group("price-cache")
 *         .topics("mall_db")
 *         .on("mall_db.goods", Goods.class, change -> cache.take(change))
 *         .build()) {
 *   consumer.run();
 * }
 * }</pre>
 *
 * <p>{@link #run} polls on its caller's thread; handlers are called on threads of their own.
 */
public final class ChangeConsumer implements AutoCloseable {
  private final ConsumeLoop loop;
  private final BiConsumer<Consumer<byte[], byte[]>, ConsumerRebalanceListener> subscription;

  ChangeConsumer(
      ConsumeLoop loop,
      BiConsumer<Consumer<byte[], byte[]>, ConsumerRebalanceListener> subscription) {
    this.loop = loop;
    this.subscription = subscription;
  }

  public static ChangeConsumerBuilder builder() {
    return new ChangeConsumerBuilder();
  }

  /**
   * Handles changes until {@link #close}; once.
   *
   * @throws ConsumeException when a message could not be handled, and the policy says to stop
   * @throws LostMessagesException when Kafka no longer has messages that were not handled, unless
   *     {@link ChangeConsumerBuilder#onLostMessages} says to continue
   * @throws org.apache.kafka.common.KafkaException when Kafka cannot be read
   */
  public void run() {
    loop.run(subscription);
  }

  /**
   * Ends the run: handlers that are running may finish, and what they have handled is committed.
   * Returns when that is done, but at once when a handler calls it. From any thread, so also from a
   * shutdown hook.
   */
  @Override
  public void close() {
    loop.stop();
  }
}
