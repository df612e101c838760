package io.binlogbroker.cli.process;

import io.binlogbroker.client.SourceTable;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** The delivered tables of a small shop, each with another rule. */
enum ShopTable {
  /** Default topic and default key, so one partition. */
  GOODS(
      "mall_db",
      "id BIGINT PRIMARY KEY, name VARCHAR(60), price DECIMAL(14,2), stock INT",
      List.of("price = price + 1.25", "stock = COALESCE(stock, 0) + 1")) {
    @Override
    String row(long id, Random random) {
      String stock = random.nextBoolean() ? "NULL" : String.valueOf(random.nextInt(1000));
      return "(%d, '货物 %x', %d.05, %s)".formatted(id, random.nextInt(), id % 500, stock);
    }
  },

  /** A column as the key, which some updates change. */
  PACKAGE(
      "mytopic",
      "id BIGINT PRIMARY KEY, usr_id INT NOT NULL, weight INT NOT NULL, note MEDIUMTEXT",
      List.of("weight = weight + 1", "usr_id = usr_id % 50 + 1")) {
    @Override
    String row(long id, Random random) {
      String note = Long.toHexString(random.nextLong()).repeat(1 + random.nextInt(10));
      return "(%d, %d, 1, '%s')".formatted(id, 1 + random.nextInt(50), note);
    }
  },

  /** The primary key as the key, which some updates change. */
  ORDER_1(
      "mall_db.orders",
      "id BIGINT PRIMARY KEY, total INT NOT NULL, state VARCHAR(20) CHARACTER SET latin1",
      List.of("total = total + 1", "id = -id")) {
    @Override
    String row(long id, Random random) {
      return "(%d, %d, 'payé')".formatted(id, random.nextInt(10_000));
    }
  };

  private static final String SCHEMA = "mall_db";

  private final String topic;
  private final String columns;
  private final List<String> updates;

  ShopTable(String topic, String columns, List<String> updates) {
    this.topic = topic;
    this.columns = columns;
    this.updates = updates;
  }

  /** The values of a new row, in parentheses. */
  abstract String row(long id, Random random);

  SourceTable table() {
    return new SourceTable(SCHEMA, name().toLowerCase(Locale.ROOT));
  }

  String topic() {
    return topic;
  }

  String create() {
    return "CREATE TABLE %s (%s)".formatted(table(), columns);
  }

  /** An assignment that changes every row it is applied to. */
  String update(Random random) {
    return updates.get(random.nextInt(updates.size()));
  }
}
