package io.binlogbroker.cli.process;

import io.binlogbroker.broker.fixture.TopicRecords;
import io.binlogbroker.testkit.KafkaServer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Reads the positions that were committed to Kafka. */
final class PositionsReader {
  private static final String TOPIC = "binlogbroker.positions";

  private PositionsReader() {}

  /** A group's positions that compaction has kept, oldest first. */
  static List<String> all(KafkaServer kafka, String group) {
    return TopicRecords.of(kafka, TOPIC).stream()
        .filter(record -> text(record.key()).equals(group))
        .map(record -> text(record.value()))
        .toList();
  }

  private static String text(byte[] utf8) {
    return new String(utf8, StandardCharsets.UTF_8);
  }
}
