package io.binlogbroker.examples;

import io.binlogbroker.client.Change;
import io.binlogbroker.client.ChangeConsumerBuilder;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Cache update: keeps the goods in memory. Any thread.
 *
 * <p>With {@code "Snapshot": "initial"}, or after {@code binlogbroker snapshot start}, the rows
 * that the table has already arrive too, as {@code READ}, and are put as inserted ones are.
 *
 * <p>With a cache server, put and remove become its commands, such as {@code SET} and {@code DEL}.
 * Both may be repeated without effect, and those of one row are executed in order.
 */
final class GoodsCache {
  private final Map<Long, Goods> goods = new ConcurrentHashMap<>();

  ChangeConsumerBuilder register(ChangeConsumerBuilder builder) {
    return builder.parallelism(4).on("mall_db.goods", Goods.class, this::update);
  }

  @Nullable Goods find(long id) {
    return goods.get(id);
  }

  private void update(Change<Goods> change) {
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
