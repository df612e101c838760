package io.binlogbroker.binlog.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Reads two complete files written by real servers; the expected counts come from another reader.
 */
class VectorsTest {
  private static final Path FOLDER = Path.of("src/test/resources/vectors");

  @Test
  void everyEventOfAMysqlFileIsRead() throws IOException {
    assertThat(countsOf("my80p.binlog.000001", "MySQL 8.0.15"))
        .containsExactlyEntriesOf(
            new TreeMap<>(
                Map.ofEntries(
                    Map.entry(EventType.QUERY, 109),
                    Map.entry(EventType.FORMAT_DESCRIPTION, 1),
                    Map.entry(EventType.XID, 64),
                    Map.entry(EventType.TABLE_MAP, 70),
                    Map.entry(EventType.ROWS_QUERY, 1),
                    Map.entry(EventType.WRITE_ROWS_V2, 44),
                    Map.entry(EventType.UPDATE_ROWS_V2, 12),
                    Map.entry(EventType.DELETE_ROWS_V2, 7),
                    Map.entry(EventType.GTID, 103),
                    Map.entry(EventType.PREVIOUS_GTIDS, 1),
                    Map.entry(EventType.XA_PREPARE, 3),
                    Map.entry(EventType.PARTIAL_UPDATE_ROWS, 9))));
  }

  @Test
  void everyEventOfAMariadbFileIsRead() throws IOException {
    assertThat(countsOf("ma114.binlog.000001", "MariaDB 11.4.5-MariaDB-log"))
        .containsExactlyEntriesOf(
            new TreeMap<>(
                Map.ofEntries(
                    Map.entry(EventType.QUERY, 39),
                    Map.entry(EventType.FORMAT_DESCRIPTION, 1),
                    Map.entry(EventType.XID, 55),
                    Map.entry(EventType.TABLE_MAP, 61),
                    Map.entry(EventType.WRITE_ROWS_V1, 40),
                    Map.entry(EventType.UPDATE_ROWS_V1, 13),
                    Map.entry(EventType.DELETE_ROWS_V1, 7),
                    Map.entry(EventType.XA_PREPARE, 2),
                    Map.entry(EventType.MARIADB_ANNOTATE_ROWS, 59),
                    Map.entry(EventType.MARIADB_BINLOG_CHECKPOINT, 1),
                    Map.entry(EventType.MARIADB_GTID, 93),
                    Map.entry(EventType.MARIADB_GTID_LIST, 1),
                    Map.entry(EventType.MARIADB_QUERY_COMPRESSED, 1),
                    Map.entry(EventType.MARIADB_WRITE_ROWS_COMPRESSED_V1, 1),
                    Map.entry(EventType.MARIADB_UPDATE_ROWS_COMPRESSED_V1, 1),
                    Map.entry(EventType.MARIADB_DELETE_ROWS_COMPRESSED_V1, 1))));
  }

  @Test
  void gtidsOfAMysqlFileFormOneInterval() throws IOException {
    MysqlGtidSet set = new MysqlGtidSet();
    EventReader reader = open("my80p.binlog.000001");
    for (BinlogEvent event = reader.next(); event != null; event = reader.next()) {
      if (event.type() == EventType.GTID) {
        GtidEvent gtid = GtidEvent.read(event.body(), EventType.GTID);
        assertThat(gtid.committedMicros() / 1_000_000)
            .isBetween(event.timestamp(), event.timestamp() + 60);
        set.add(Objects.requireNonNull(gtid.source()), gtid.number());
      }
    }

    assertThat(set.toString()).matches("[0-9a-f-]{36}:1-103");
  }

  @Test
  void gtidsOfAMariadbFileFormAPosition() throws IOException {
    MariadbGtidPosition position = new MariadbGtidPosition();
    EventReader reader = open("ma114.binlog.000001");
    for (BinlogEvent event = reader.next(); event != null; event = reader.next()) {
      if (event.type() == EventType.MARIADB_GTID) {
        position.advance(MariadbGtidEvent.read(event.body(), event.serverId()));
      }
    }

    assertThat(position.toString()).matches("0-\\d+-93");
  }

  @Test
  void everyStatementOfBothFilesIsRead() throws IOException {
    for (String file : new String[] {"my80p.binlog.000001", "ma114.binlog.000001"}) {
      EventReader reader = open(file);
      try (CompressedBlock block = new CompressedBlock(1 << 20)) {
        for (BinlogEvent event = reader.next(); event != null; event = reader.next()) {
          if (event.type() == EventType.QUERY) {
            assertThat(QueryEvent.read(event.body()).sql()).matches("(?s)[A-Z]+\\b.*");
          }
          if (event.type() == EventType.MARIADB_QUERY_COMPRESSED) {
            assertThat(QueryEvent.readCompressed(event.body(), block).sql())
                .matches("(?s)[A-Z]+\\b.*");
          }
        }
      }
    }
  }

  private static Map<EventType, Integer> countsOf(String file, String server) throws IOException {
    Map<EventType, Integer> counts = new TreeMap<>();
    EventReader reader = open(file);
    for (BinlogEvent event = reader.next(); event != null; event = reader.next()) {
      counts.merge(Objects.requireNonNull(event.type()), 1, Integer::sum);
    }
    assertThat(reader.position()).isEqualTo(Files.size(FOLDER.resolve(file)));
    assertThat(reader.format().server()).hasToString(server);
    assertThat(reader.format().checksum()).isTrue();
    return counts;
  }

  private static EventReader open(String file) {
    return new EventReader(ListFeed.ofFile(FOLDER.resolve(file)), false, file, 1 << 30);
  }
}
