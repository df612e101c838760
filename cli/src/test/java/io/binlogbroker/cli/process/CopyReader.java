package io.binlogbroker.cli.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.binlogbroker.client.ChangeReader;
import io.binlogbroker.client.ChangeRecord;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** Reads the committed messages of a {@link CopiedTable} up to its last row. Stateless. */
final class CopyReader {
  private static final Duration LIMIT = Duration.ofSeconds(120);
  private static final Duration STEP = Duration.ofMillis(200);

  private CopyReader() {}

  /** Passes all messages on, in the order of each partition. */
  static void read(Shop shop, Consumer<ChangeRecord> each) {
    long began = System.nanoTime();
    boolean[] ended = {false};
    try (ChangeReader reader =
        ChangeReader.open(
            Map.of("bootstrap.servers", shop.kafka().bootstrapServers()),
            Set.of(CopiedTable.TOPIC),
            ChangeReader.Start.BEGINNING)) {
      while (!ended[0]) {
        assertThat(Duration.ofNanos(System.nanoTime() - began))
            .as("until the last row")
            .isLessThan(LIMIT);
        reader
            .poll(STEP)
            .forEach(
                record -> {
                  each.accept(record);
                  ended[0] |= id(record) == VersionedChanges.LAST_ID;
                });
      }
      reader.readToEnd(LIMIT, each);
    }
  }

  /** The row of a change, before it if it is deleted. */
  static Map<String, JsonNode> row(ChangeRecord record) {
    Map<String, JsonNode> after = record.change().after();
    return after == null ? record.change().before() : after;
  }

  static long id(ChangeRecord record) {
    return row(record).get("id").asLong();
  }

  static long version(Map<String, JsonNode> row) {
    return row.get("v").asLong();
  }
}
