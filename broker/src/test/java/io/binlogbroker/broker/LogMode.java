package io.binlogbroker.broker;

import io.binlogbroker.testkit.MysqlServer;
import io.binlogbroker.testkit.MysqlVersion;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How a server writes its log, as far as that can be switched while it runs.
 *
 * @param settings global variables
 */
record LogMode(Map<String, String> settings) {
  private static final String IMAGE = "binlog_row_image";
  private static final String METADATA = "binlog_row_metadata";
  private static final String CHECKSUM = "binlog_checksum";
  private static final String PARTIAL = "binlog_row_value_options";
  private static final String GTIDS = "gtid_mode";
  private static final List<String> GTID_MODES =
      List.of("OFF", "OFF_PERMISSIVE", "ON_PERMISSIVE", "ON");

  /**
   * Any two values of two settings of the server meet in one of these; those with GTIDs come last.
   */
  static List<LogMode> of(MysqlVersion version) {
    return Pairwise.cover(choices(version), LogMode::isUsable).stream()
        .map(LogMode::new)
        .sorted(Comparator.comparing(LogMode::hasGtids))
        .toList();
  }

  /** As the tests' servers start. */
  static LogMode usual(MysqlVersion version) {
    return of(version).get(0);
  }

  private static Map<String, List<String>> choices(MysqlVersion version) {
    Map<String, List<String>> choices = new LinkedHashMap<>();
    choices.put(CHECKSUM, List.of("CRC32", "NONE"));
    choices.put(
        IMAGE,
        version == MysqlVersion.MARIADB_11_4
            ? List.of("FULL", "MINIMAL", "NOBLOB", "FULL_NODUP")
            : List.of("FULL", "MINIMAL", "NOBLOB"));
    if (version.isMariaDb()) {
      choices.put(METADATA, List.of("FULL", "MINIMAL", "NO_LOG"));
      choices.put("log_bin_compress", List.of("OFF", "ON"));
      return choices;
    }
    choices.put(GTIDS, List.of("OFF", "ON"));
    if (version.hasRowMetadata()) {
      choices.put(METADATA, List.of("FULL", "MINIMAL"));
      choices.put(PARTIAL, List.of("", "PARTIAL_JSON"));
    }
    if (version != MysqlVersion.MYSQL_5_7_22 && version != MysqlVersion.MYSQL_8_0_12) {
      choices.put("binlog_transaction_compression", List.of("OFF", "ON"));
    }
    return choices;
  }

  /** An update of a document without the document before it stops the broker. */
  private static boolean isUsable(Map<String, String> settings) {
    return !"PARTIAL_JSON".equals(settings.get(PARTIAL)) || "FULL".equals(settings.get(IMAGE));
  }

  boolean hasGtids() {
    return "ON".equals(settings.get(GTIDS));
  }

  boolean hasWholeImages() {
    return settings.getOrDefault(IMAGE, "").startsWith("FULL");
  }

  /** Switches the server for all sessions to come. */
  void setAt(MysqlServer mysql) {
    List<String> statements = new ArrayList<>();
    settings.forEach(
        (name, value) -> {
          if (name.equals(GTIDS)) {
            statements.addAll(gtidSteps(mysql));
          } else {
            statements.add("SET GLOBAL %s = '%s'".formatted(name, value));
          }
        });
    if (mysql.version().isMariaDb()) {
      statements.add("SET GLOBAL log_bin_compress_min_len = 10");
    }
    mysql.execute(statements.toArray(String[]::new));
  }

  /** From where the server stands one step at a time, as it wants it. */
  private List<String> gtidSteps(MysqlServer mysql) {
    int stands = GTID_MODES.indexOf(mysql.value("SELECT @@GLOBAL.gtid_mode"));
    int aim = hasGtids() ? GTID_MODES.size() - 1 : 0;
    List<String> statements = new ArrayList<>();
    statements.add("SET GLOBAL enforce_gtid_consistency = ON");
    while (stands != aim) {
      stands += Integer.signum(aim - stands);
      statements.add("SET GLOBAL gtid_mode = " + GTID_MODES.get(stands));
    }
    if (!hasGtids()) {
      statements.add("SET GLOBAL enforce_gtid_consistency = OFF");
    }
    return statements;
  }

  @Override
  public String toString() {
    return settings.toString();
  }
}
