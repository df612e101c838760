package io.binlogbroker.demo;

import io.binlogbroker.testkit.MysqlServer;
import java.util.List;

/**
 * The schemas and tables of the demo, and the topics that their rows go to. The load changes all
 * tables except {@link #EXISTING}, whose rows are as old as the table.
 */
final class ShopSchema {
  static final List<String> SCHEMAS = List.of("mall_db", "social_db");
  static final List<String> TOPICS = List.of("mall_db", "mytopic", "social_db");

  /** The table that only a snapshot delivers. */
  static final String EXISTING = "mall_db.courier";

  static final int EXISTING_ROWS = 3;

  private static final String[] STATEMENTS = {
    "CREATE DATABASE mall_db",
    "CREATE DATABASE social_db",
    """
    CREATE TABLE mall_db.goods (
      id INT UNSIGNED PRIMARY KEY,
      name VARCHAR(60) NOT NULL,
      category ENUM('tea', 'book', 'toy', '茶具') NOT NULL,
      price DECIMAL(10,2) NOT NULL,
      stock INT NOT NULL,
      labels SET('new', 'sale', 'gift') NOT NULL DEFAULT '',
      weight_kg DOUBLE NULL,
      note TEXT NULL,
      attributes JSON NULL,
      listed_on DATE NOT NULL,
      updated_at TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3)
        ON UPDATE CURRENT_TIMESTAMP(3))
    """,
    """
    CREATE TABLE mall_db.package (
      id BIGINT UNSIGNED PRIMARY KEY,
      usr_id BIGINT NOT NULL,
      goods_id INT UNSIGNED NOT NULL,
      amount DECIMAL(12,2) NOT NULL,
      status ENUM('paid', 'packed', 'sent', 'received') NOT NULL,
      address VARCHAR(120) NOT NULL,
      gift_note VARCHAR(80) NULL,
      ordered_at DATETIME NOT NULL,
      sent_at DATETIME(6) NULL,
      updated_at TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3)
        ON UPDATE CURRENT_TIMESTAMP(3))
    """,
    """
    CREATE TABLE mall_db.courier (
      id SMALLINT UNSIGNED PRIMARY KEY,
      name VARCHAR(40) NOT NULL,
      fee DECIMAL(6,2) NOT NULL,
      phone VARCHAR(20) NULL,
      since DATE NOT NULL)
    """,
    """
    INSERT INTO mall_db.courier VALUES
      (1, 'Swift', 4.50, '+44 20 7946 0001', '2019-04-01'),
      (2, '顺风', 12.00, NULL, '2021-09-15'),
      (3, 'Zoë & Sons', 0.99, '+49 30 23125 002', '2024-02-29')
    """,
    """
    CREATE TABLE social_db.user (
      id BIGINT PRIMARY KEY,
      name VARCHAR(40) NOT NULL,
      email VARCHAR(80) NULL,
      birthday DATE NULL,
      avatar VARBINARY(16) NULL,
      joined_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP)
    """,
    """
    CREATE TABLE social_db.follow (
      follower_id BIGINT NOT NULL,
      followee_id BIGINT NOT NULL,
      since DATETIME NOT NULL,
      PRIMARY KEY (follower_id, followee_id))
    """,
    """
    CREATE TABLE social_db.post (
      id BIGINT PRIMARY KEY,
      user_id BIGINT NOT NULL,
      body TEXT NOT NULL,
      likes INT UNSIGNED NOT NULL,
      score DOUBLE NOT NULL,
      pinned TINYINT(1) NOT NULL,
      extra JSON NULL,
      posted_at DATETIME(3) NOT NULL)
    """
  };

  private ShopSchema() {}

  static void create(MysqlServer mysql) {
    mysql.execute(STATEMENTS);
  }
}
