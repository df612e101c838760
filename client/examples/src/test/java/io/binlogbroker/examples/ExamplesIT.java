package io.binlogbroker.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.binlogbroker.client.ChangeConsumer;
import io.binlogbroker.client.ChangeConsumerBuilder;
import io.binlogbroker.testkit.KafkaServer;
import io.binlogbroker.testkit.MysqlServer;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The examples with messages from a real Kafka. */
@Timeout(300)
class ExamplesIT {
  private static final long LIMIT = Duration.ofSeconds(60).toNanos();
  private static final long MINUTE = 60_000;

  private static KafkaServer kafka;

  private final List<String> output = Collections.synchronizedList(new ArrayList<>());

  @BeforeAll
  static void start() {
    kafka = new KafkaServer().start();
    StringSerializer text = new StringSerializer();
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(Map.of("bootstrap.servers", kafka.bootstrapServers()), text, text)) {
      producer.send(message("r", 1, null, row(4, "9.00")));
      producer.send(message("c", 1, null, row(1, "10.00")));
      producer.send(message("c", 2, null, row(2, "5.50")));
      producer.send(message("u", 3, row(1, "10.00"), row(1, "8.00")));
      producer.send(message("d", 4, row(2, "5.50"), null));
      producer.send(message("c", 5, null, row(3, "7.00")));
    }
  }

  @AfterAll
  static void stop() {
    kafka.close();
  }

  @Test
  void databaseSyncReplicatesExistingRowsAndChanges() {
    try (MysqlServer target = MysqlServer.mariadb114().start()) {
      target.execute(
          "CREATE DATABASE copy",
          "CREATE TABLE copy.goods (id BIGINT PRIMARY KEY, usr_id BIGINT, price DECIMAL(10,2),"
              + " note TEXT)",
          "INSERT INTO copy.goods VALUES (4, 7, 1.00, 'outdated')");
      String url = target.jdbcUrl() + "copy?user=root";
      String query = "SELECT GROUP_CONCAT(id, '=', price ORDER BY id) FROM copy.goods";

      run(
          "sync",
          new DatabaseSync(url)::register,
          () -> "1=8.00,3=7.00,4=9.00".equals(target.value(query)));
    }
  }

  @Test
  void goodsCacheContainsTheCurrentRows() {
    GoodsCache cache = new GoodsCache();

    run("cache", cache::register, () -> cache.find(3) != null);

    assertThat(cache.find(1)).isEqualTo(new Goods(1, 7, new BigDecimal("8.00"), "x"));
    assertThat(cache.find(2)).isNull();
    assertThat(cache.find(4)).isEqualTo(new Goods(4, 7, new BigDecimal("9.00"), "x"));
  }

  @Test
  void priceStatisticsAreReportedByMinute() {
    PriceStatistics statistics = new PriceStatistics(Clock.systemUTC(), output::add);

    run("statistics", statistics::register, () -> !output.isEmpty());

    assertThat(output).containsExactly("1970-01-01T00:00:00Z added 2 goods worth 15.50");
  }

  @Test
  void priceAlertsReportAFallingPrice() {
    run("alerts", new PriceAlerts(output::add)::register, () -> !output.isEmpty());

    assertThat(output).containsExactly("goods 1 now costs 8.00, not 10.00");
  }

  private static void run(
      String group, UnaryOperator<ChangeConsumerBuilder> example, BooleanSupplier isDone) {
    ChangeConsumerBuilder builder =
        ChangeConsumer.builder().brokers(kafka.bootstrapServers()).group(group).topics("mall_db");
    ChangeConsumer consumer = example.apply(builder).build();
    CompletableFuture<Void> run = CompletableFuture.runAsync(consumer::run);
    long started = System.nanoTime();
    while (!isDone.getAsBoolean() && !run.isDone() && System.nanoTime() - started < LIMIT) {
      pause();
    }
    consumer.close();
    run.join();
    assertThat(isDone.getAsBoolean()).isTrue();
  }

  private static void pause() {
    try {
      Thread.sleep(50);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static ProducerRecord<String, String> message(
      String op, long number, String before, String after) {
    String message =
        "{\"op\":\"%s\",\"before\":%s,\"after\":%s,\"source\":{\"group\":\"g\",\"db\":\"mall_db\","
            + "\"table\":\"goods\",\"server_id\":1,\"gtid\":null,\"file\":\"binlog.000001\","
            + "\"pos\":%d,\"row\":0,\"ts_ms\":%d,\"snapshot\":%b},\"ts_ms\":1}";
    long time = number < 5 ? number : MINUTE + number;
    return new ProducerRecord<>(
        "mall_db", "goods", message.formatted(op, before, after, number, time, op.equals("r")));
  }

  private static String row(long id, String price) {
    return "{\"id\":" + id + ",\"usr_id\":7,\"price\":\"" + price + "\",\"note\":\"x\"}";
  }
}
