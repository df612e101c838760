package io.binlogbroker.examples;

import io.binlogbroker.client.Change;
import io.binlogbroker.client.ChangeConsumerBuilder;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Real-time statistics: how many goods were added in each minute, and what they cost together. By
 * the source's clock, so that a late consumer counts the same. One thread.
 */
final class PriceStatistics {
  private final Clock clock;
  private final Consumer<String> out;
  private @Nullable Instant minute;
  private long added;
  private BigDecimal sum = BigDecimal.ZERO;

  /**
   * @param clock for messages that do not tell when their change was committed
   * @param out gets a line for each minute that is over
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
    if (goods == null || change.before() != null) {
      return;
    }
    Instant committed =
        Objects.requireNonNullElseGet(change.position().committed(), clock::instant);
    turnTo(committed.truncatedTo(ChronoUnit.MINUTES));
    added++;
    sum = sum.add(goods.price());
  }

  private void turnTo(Instant next) {
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
