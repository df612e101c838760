package io.binlogbroker.examples;

import io.binlogbroker.client.Change;
import io.binlogbroker.client.ChangeConsumerBuilder;
import io.binlogbroker.client.RowChange.Operation;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Real-time statistics: the number of goods added in each minute, and the sum of their prices. The
 * minutes are those of the commits in the source, so that a delayed consumer gets the same result.
 * Rows of a snapshot ({@code READ}) existed before and are not counted. One thread.
 */
final class PriceStatistics {
  private final Clock clock;
  private final Consumer<String> out;
  private @Nullable Instant minute;
  private long added;
  private BigDecimal sum = BigDecimal.ZERO;

  /**
   * @param clock for messages without a commit time
   * @param out receives a line for each completed minute
   */
  PriceStatistics(Clock clock, Consumer<String> out) {
    this.clock = clock;
    this.out = out;
  }

  ChangeConsumerBuilder register(ChangeConsumerBuilder builder) {
    return builder.on("mall_db.goods", Goods.class, this::count);
  }

  private void count(Change<Goods> change) {
    Goods goods = change.after();
    if (goods == null || change.action() != Operation.INSERT) {
      return;
    }
    Instant committed =
        Objects.requireNonNullElseGet(change.position().committed(), clock::instant);
    advanceTo(committed.truncatedTo(ChronoUnit.MINUTES));
    added++;
    sum = sum.add(goods.price());
  }

  private void advanceTo(Instant next) {
    if (minute != null && next.isAfter(minute)) {
      out.accept(minute + " added " + added + " goods worth " + sum);
      added = 0;
      sum = BigDecimal.ZERO;
    }
    if (minute == null || next.isAfter(minute)) {
      minute = next;
    }
  }
}
