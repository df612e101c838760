package io.binlogbroker.cli.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.binlogbroker.client.ChangeReader;
import io.binlogbroker.client.ChangeRecord;
import io.binlogbroker.client.Replay;
import java.time.Duration;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A {@code read_committed} consumer of the shop's topics, which rebuilds the tables and compares
 * them with the real ones. One thread.
 */
final class ShopReplay {
  private static final Duration LIMIT = Duration.ofSeconds(180);
  private static final Duration STEP = Duration.ofMillis(200);

  private final Shop shop;
  private final long lastId;
  private final Replay replay =
      new Replay(
          Stream.of(ShopTable.values())
              .collect(Collectors.toMap(ShopTable::table, table -> List.of("id"))));
  private final Set<ShopTable> ended = EnumSet.noneOf(ShopTable.class);
  private long messages;

  private ShopReplay(Shop shop, long lastId) {
    this.shop = shop;
    this.lastId = lastId;
  }

  /**
   * Writes a last transaction, reads until it arrives, and requires each change exactly once, in
   * order, and that the rebuilt tables equal the real ones.
   *
   * @return figures for the log
   */
  static String verify(Shop shop) {
    ShopReplay replay = new ShopReplay(shop, shop.write("last"));
    replay.read();
    replay.requireAll();
    return "%d changes in %d messages".formatted(replay.replay.changes(), replay.messages);
  }

  private void read() {
    Set<String> topics =
        Stream.of(ShopTable.values()).map(ShopTable::topic).collect(Collectors.toSet());
    long deadline = System.nanoTime() + LIMIT.toNanos();
    try (ChangeReader reader =
        ChangeReader.open(
            Map.of("bootstrap.servers", shop.kafka().bootstrapServers()),
            topics,
            ChangeReader.Start.BEGINNING)) {
      while (ended.size() < ShopTable.values().length) {
        assertThat(System.nanoTime() - deadline)
            .as("nanoseconds over the limit, with the last of %s", ended)
            .isNegative();
        reader.poll(STEP).forEach(this::accept);
      }
      reader.readToEnd(LIMIT, this::accept);
    }
  }

  private void accept(ChangeRecord record) {
    messages++;
    replay.accept(record);
    Map<String, JsonNode> after = record.change().after();
    if (after != null && after.get("id").asLong() == lastId) {
      Stream.of(ShopTable.values())
          .filter(table -> table.table().equals(record.change().source().table()))
          .forEach(ended::add);
    }
  }

  private void requireAll() {
    assertThat(replay.finish().stream().limit(10)).isEmpty();
    assertThat(replay.changes()).as("changes").isEqualTo(shop.changes());
    for (ShopTable table : ShopTable.values()) {
      assertThat(differences(rebuilt(table), real(table))).as("%s", table).isEmpty();
    }
  }

  private Map<String, Map<String, String>> rebuilt(ShopTable table) {
    Map<String, Map<String, String>> rows = new TreeMap<>();
    replay.rows(table.table()).forEach((key, row) -> rows.put(key.get(0).asText(), asText(row)));
    return rows;
  }

  private static Map<String, String> asText(Map<String, JsonNode> row) {
    Map<String, String> texts = new LinkedHashMap<>();
    row.forEach((name, cell) -> texts.put(name, cell.isNull() ? null : cell.asText()));
    return texts;
  }

  private Map<String, Map<String, String>> real(ShopTable table) {
    Map<String, Map<String, String>> rows = new TreeMap<>();
    shop.mysql()
        .query("SELECT * FROM " + table.table())
        .forEach(row -> rows.put(row.get("id"), row));
    return rows;
  }

  private static List<String> differences(
      Map<String, Map<String, String>> rebuilt, Map<String, Map<String, String>> real) {
    Set<String> ids = new TreeSet<>(rebuilt.keySet());
    ids.addAll(real.keySet());
    return ids.stream()
        .filter(id -> !real.getOrDefault(id, Map.of()).equals(rebuilt.get(id)))
        .limit(10)
        .map(id -> "expected " + real.get(id) + " but got " + rebuilt.get(id))
        .toList();
  }
}
