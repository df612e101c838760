package io.binlogbroker.examples;

import io.binlogbroker.client.Change;
import io.binlogbroker.client.ChangeConsumerBuilder;
import io.binlogbroker.client.FailurePolicy;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * Notification on change: reports falling prices. If a notification fails, it is retried, and then
 * the change is sent to a dead-letter topic, so that it does not block others.
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
