package io.binlogbroker.cli.process;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.binlogbroker.client.ChangeReader;
import io.binlogbroker.client.RowChange.Operation;
import io.binlogbroker.testkit.KafkaServer;
import io.binlogbroker.testkit.MysqlServer;
import io.binlogbroker.testkit.network.TcpProxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** A table under load that a broker without a standby copies. One thread. */
final class SingleCopy implements AutoCloseable {
  private static final String KEYS =
      "\"RPCListen\": \"\", " + Shop.CUTTING + "\"Snapshot\": \"initial\",";

  private static final Duration STEP = Duration.ofMillis(20);

  private static final JsonMapper JSON = new JsonMapper();

  private final Shop shop;
  private final CopiedTable table;
  private final VersionedLoad load;
  private final BrokerProcess broker;
  private final SnapshotHistory history;

  /**
   * @param more keys of the broker's configuration, each followed by a comma
   */
  SingleCopy(MysqlServer mysql, int rows, Path folder, Random random, String more) {
    shop = Shop.open(mysql, new KafkaServer().withProxy());
    table = CopiedTable.create(shop, rows);
    load = new VersionedLoad(shop, table, random);
    broker = shop.broker(folder, mysql.port(), "127.0.0.1:" + kafka().port(), KEYS + more);
    broker.start().awaitReading();
    history = new SnapshotHistory(shop);
    load.start();
  }

  Shop shop() {
    return shop;
  }

  CopiedTable table() {
    return table;
  }

  BrokerProcess broker() {
    return broker;
  }

  /** The broker's connections to Kafka. */
  TcpProxy kafka() {
    return shop.kafka().proxy(0);
  }

  SnapshotHistory history() {
    return history;
  }

  /** Ends the load after its last row. */
  void finishLoad() {
    load.finish();
  }

  /** Waits until a part of the rows is read; the snapshot is still in progress then. */
  void awaitReading(double part) {
    history.awaitReading((long) (part * table.rows()));
  }

  /** Waits until rows of a chunk have arrived whose state is not committed. */
  void awaitPartOfAChunk() {
    try (ChangeReader reader =
        ChangeReader.open(
            Map.of("bootstrap.servers", shop.kafka().bootstrapServers()),
            Set.of(CopiedTable.TOPIC),
            ChangeReader.Start.END)) {
      BrokerPair.await(
          "a part of a chunk",
          () -> {
            long before = history.read();
            return readsRows(reader) && history.read() == before;
          });
    }
  }

  private static boolean readsRows(ChangeReader reader) {
    return reader.poll(STEP).stream()
        .anyMatch(record -> record.change().operation() == Operation.READ);
  }

  /** The binary log file from which a broker would continue. */
  String committedFile() {
    List<String> positions = PositionsReader.all(shop.kafka(), Shop.GROUP);
    try {
      return JSON.readTree(positions.get(positions.size() - 1)).get("file").asText();
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    load.close();
    history.close();
    broker.close();
    shop.close();
  }
}
