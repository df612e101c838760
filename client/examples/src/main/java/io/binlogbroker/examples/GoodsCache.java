package io.binlogbroker.examples;

import io.binlogbroker.client.Change;
import io.binlogbroker.client.ChangeConsumerBuilder;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Cache update: the goods in memory, never older than the topic. Any thread.
 *
 * <p>With a cache server put and remove are its commands, {@code SET} and {@code DEL}, and nothing
 * else changes: each is harmless when it comes twice, and those of one row come in their order.
 */
final class GoodsCache {
  private final Map<Long, Goods> goods = new ConcurrentHashMap<>();

  ChangeConsumerBuilder register(ChangeConsumerBuilder builder) {
    return builder.parallelism(4).on("mall_db.goods", Goods.class, this::take);
  }

  @Nullable Goods find(long id) {
    return goods.get(id);
  }

  private void take(Change<Goods> change) {
    Goods before = change.before();
    Goods after = change.after();
    if (before != null && (after == null || after.id() != before.id())) {
      goods.remove(before.id());
    }
    if (after != null) {
      goods.put(after.id(), after);
    }
  }
}
