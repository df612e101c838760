package io.binlogbroker.examples;

import io.binlogbroker.client.Change;
import io.binlogbroker.client.ChangeConsumerBuilder;
import io.binlogbroker.client.FailurePolicy;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * Notification on change: tells of prices that fall. A message that cannot be sent is tried again,
 * and then kept in a dead-letter topic, so that one does not hold up the others.
 */
final class PriceAlerts {
  private final Consumer<String> mail;

  PriceAlerts(Consumer<String> mail) {
    this.mail = mail;
  }

  ChangeConsumerBuilder register(ChangeConsumerBuilder builder) {
    return builder
        .onFailure(
            FailurePolicy.retry(3, Duration.ofMillis(200)).thenDeadLetter("price-alerts.dead"))
        .on("mall_db.goods", Goods.class, this::compare);
  }

  private void compare(Change<Goods> change) {
    Goods before = change.before();
    Goods after = change.after();
    if (before == null || after == null || after.price().compareTo(before.price()) >= 0) {
      return;
    }
    mail.accept("goods " + after.id() + " now costs " + after.price() + ", not " + before.price());
  }
}
