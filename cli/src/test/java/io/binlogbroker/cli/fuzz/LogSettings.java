package io.binlogbroker.cli.fuzz;

import io.binlogbroker.testkit.MysqlVersion;
import java.util.ArrayList;
import java.util.List;

/** Changes the settings of a server's log and tracks them. One thread. */
final class LogSettings {
  private static final List<String> GTID_MODES =
      List.of("OFF", "OFF_PERMISSIVE", "ON_PERMISSIVE", "ON");

  private final MysqlVersion version;
  private final Dice dice;
  private final boolean followed;
  private final boolean switchesGtids;
  private String metadata;
  private boolean alwaysNamed;
  private String image = "FULL";
  private boolean everWithoutDuplicates;
  private int gtidMode;

  LogSettings(MysqlVersion version, Dice dice) {
    this.version = version;
    this.dice = dice;
    this.followed = !version.hasRowMetadata() || dice.chance(60);
    this.switchesGtids = !version.isMariaDb() && dice.chance(40);
    this.metadata = followed ? unnamed() : "FULL";
    this.alwaysNamed = !followed;
  }

  private String unnamed() {
    return version.isMariaDb() ? dice.oneOf("MINIMAL", "NO_LOG") : "MINIMAL";
  }

  /** The settings before the broker starts. */
  List<String> begin() {
    return version.hasRowMetadata()
        ? List.of("SET GLOBAL binlog_row_metadata = " + metadata)
        : List.of();
  }

  /** Whether the broker has followed all DDL from the start, since the log named no columns. */
  boolean followed() {
    return followed;
  }

  /** Whether a server with GTIDs keeps log files that a lagging broker has not read. */
  boolean comesToGtids() {
    return gtidMode == GTID_MODES.size() - 1;
  }

  /** Whether the log has named the columns from the start. */
  boolean alwaysNamed() {
    return alwaysNamed;
  }

  /** Whether the log names the columns. */
  boolean namesColumns() {
    return version.hasRowMetadata() && metadata.equals("FULL");
  }

  /** Whether changes are delivered with all columns. */
  boolean wholeImages() {
    return image.startsWith("FULL");
  }

  /** Whether after images may lack VIRTUAL columns. */
  boolean everWithoutDuplicates() {
    return everWithoutDuplicates;
  }

  /** Statements that change one of the settings. */
  List<String> next() {
    return switch (dice.below(switchesGtids ? 10 : 7)) {
      case 0, 1 -> image();
      case 2 -> version.hasRowMetadata() ? metadata() : image();
      case 3 -> List.of("SET GLOBAL binlog_checksum = " + dice.oneOf("NONE", "CRC32"));
      case 4 -> List.of("FLUSH BINARY LOGS");
      case 5 -> compression();
      case 7, 8, 9 -> gtidMode();
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
    everWithoutDuplicates |= image.equals("FULL_NODUP");
    List<String> statements = new ArrayList<>();
    statements.add("SET SESSION binlog_row_image = " + image);
    if (!version.isMariaDb() && version.hasRowMetadata()) {
      // Without the old document, a partial update cannot be delivered.
      boolean partial = image.equals("FULL") && dice.chance(70);
      statements.add(
          "SET SESSION binlog_row_value_options = '" + (partial ? "PARTIAL_JSON" : "") + "'");
    }
    return statements;
  }

  private List<String> metadata() {
    metadata = dice.chance(50) ? "FULL" : unnamed();
    alwaysNamed &= metadata.equals("FULL");
    return List.of("SET GLOBAL binlog_row_metadata = " + metadata);
  }

  /** The server allows only a change to the next value. */
  private List<String> gtidMode() {
    int last = GTID_MODES.size() - 1;
    boolean down = gtidMode == last || gtidMode > 0 && dice.chance(30);
    gtidMode += down ? -1 : 1;
    return List.of(
        "SET GLOBAL enforce_gtid_consistency = ON",
        "SET GLOBAL gtid_mode = " + GTID_MODES.get(gtidMode));
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

  /** Restores the global settings. */
  List<String> restore() {
    List<String> statements = new ArrayList<>(List.of("SET GLOBAL binlog_checksum = CRC32"));
    if (version.hasRowMetadata()) {
      statements.add("SET GLOBAL binlog_row_metadata = FULL");
    }
    if (version.isMariaDb()) {
      statements.add("SET GLOBAL log_bin_compress = OFF");
    }
    for (int mode = gtidMode - 1; mode >= 0; mode--) {
      statements.add("SET GLOBAL gtid_mode = " + GTID_MODES.get(mode));
    }
    if (switchesGtids) {
      statements.add("SET GLOBAL enforce_gtid_consistency = OFF");
    }
    return statements;
  }
}
