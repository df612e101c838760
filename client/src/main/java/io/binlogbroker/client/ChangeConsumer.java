package io.binlogbroker.client;

import io.binlogbroker.client.run.ConsumeLoop;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;

/**
 * Passes the changes in topics to an application's handlers: each change at least once, the changes
 * of one key in the order of the binary log. Offsets are committed for handled changes only.
 *
 * <pre>{@code
 * record Goods(long id, @SourceColumn("sp_id") long supplier, BigDecimal price) {}
 *
 * try (ChangeConsumer consumer =
 *     ChangeConsumer.builder()
 *         .brokers("localhost:9092")
 *         .group("price-cache")
 *         .topics("mall_db")
 *         .on("mall_db.goods", Goods.class, change -> cache.update(change))
 *         .build()) {
 *   consumer.run();
 * }
 * }</pre>
 *
 * <p>{@link #run} polls on the calling thread; handlers run on separate threads.
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

  /** Returns a builder with the default settings. */
  public static ChangeConsumerBuilder builder() {
    return new ChangeConsumerBuilder();
  }

  /**
   * Handles changes until {@link #close} is called. A consumer runs only once.
   *
   * @throws ConsumeException if a message could not be handled and the policy is to stop
   * @throws LostMessagesException if Kafka no longer has messages that were not handled, unless
   *     {@link ChangeConsumerBuilder#onLostMessages} is set to continue
   * @throws org.apache.kafka.common.KafkaException if reading from Kafka fails
   */
  public void run() {
    loop.run(subscription);
  }

  /**
   * Ends the run: running handlers finish, and what they have handled is committed. Returns when
   * the run has ended, or immediately if a handler calls it. Any thread may call it, such as a
   * shutdown hook.
   */
  @Override
  public void close() {
    loop.stop();
  }
}
