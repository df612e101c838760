package io.binlogbroker.broker.fuzz;

import io.binlogbroker.testkit.MysqlVersion;
import java.util.ArrayList;
import java.util.List;

/** Switches what a server writes into its log, and remembers how it stands. One thread. */
final class LogSettings {
  private final MysqlVersion version;
  private final Dice dice;
  private String metadata = "FULL";
  private String image = "FULL";

  LogSettings(MysqlVersion version, Dice dice) {
    this.version = version;
    this.dice = dice;
  }

  /** Whether the log names the columns. */
  boolean namesColumns() {
    return version.hasRowMetadata() && metadata.equals("FULL");
  }

  /** Whether changes are delivered with all their cells. */
  boolean wholeImages() {
    return image.startsWith("FULL");
  }

  /** Statements that change one of the settings. */
  List<String> next() {
    return switch (dice.below(7)) {
      case 0, 1 -> image();
      case 2 -> version.hasRowMetadata() ? metadata() : image();
      case 3 -> List.of("SET GLOBAL binlog_checksum = " + dice.oneOf("NONE", "CRC32"));
      case 4 -> List.of("FLUSH BINARY LOGS");
      case 5 -> compression();
      default -> List.of("SET SESSION " + originalStatements() + " = " + dice.oneOf("ON", "OFF"));
    };
  }

  private String originalStatements() {
    return version.isMariaDb() ? "binlog_annotate_row_events" : "binlog_rows_query_log_events";
  }

  private List<String> image() {
    List<String> images = new ArrayList<>(List.of("FULL", "FULL", "MINIMAL", "NOBLOB"));
    if (version == MysqlVersion.MARIADB_11_4) {
      images.add("FULL_NODUP");
    }
    image = dice.oneOf(images);
    List<String> statements = new ArrayList<>();
    statements.add("SET SESSION binlog_row_image = " + image);
    if (!version.isMariaDb() && version.hasRowMetadata()) {
      // Without the document before, a part of the one after cannot be delivered.
      boolean partial = image.equals("FULL") && dice.chance(70);
      statements.add(
          "SET SESSION binlog_row_value_options = '" + (partial ? "PARTIAL_JSON" : "") + "'");
    }
    return statements;
  }

  private List<String> metadata() {
    metadata =
        version.isMariaDb()
            ? dice.oneOf("FULL", "FULL", "MINIMAL", "NO_LOG")
            : dice.oneOf("FULL", "MINIMAL");
    return List.of("SET GLOBAL binlog_row_metadata = " + metadata);
  }

  private List<String> compression() {
    String state = dice.oneOf("ON", "OFF");
    return switch (version) {
      case MYSQL_8_0_33, MYSQL_9 ->
          List.of("SET SESSION binlog_transaction_compression = " + state);
      case MARIADB_10_11, MARIADB_11_4 ->
          List.of(
              "SET GLOBAL log_bin_compress_min_len = 10", "SET GLOBAL log_bin_compress = " + state);
      case MYSQL_8_0_12, MYSQL_5_7_22 -> List.of("FLUSH BINARY LOGS");
    };
  }

  /** Puts back what is set for all sessions. */
  List<String> restore() {
    List<String> statements = new ArrayList<>(List.of("SET GLOBAL binlog_checksum = CRC32"));
    if (version.hasRowMetadata()) {
      statements.add("SET GLOBAL binlog_row_metadata = FULL");
    }
    if (version.isMariaDb()) {
      statements.add("SET GLOBAL log_bin_compress = OFF");
    }
    return statements;
  }
}
