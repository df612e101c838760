package io.binlogbroker.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.binlogbroker.broker.fixture.LiveBroker;
import io.binlogbroker.broker.fixture.LiveServers;
import io.binlogbroker.engine.format.registry.Format;
import io.binlogbroker.testkit.KafkaServer;
import io.binlogbroker.testkit.MysqlServer;
import io.binlogbroker.testkit.MysqlVersion;
import java.util.List;
import java.util.Locale;
import org.apache.flink.table.api.DataTypes;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Flink rebuilds a table from the broker's messages. */
@ExtendWith(LiveServers.Provider.class)
@Timeout(120)
class FlinkIT {
  private static LiveServers servers;

  @BeforeAll
  static void use(LiveServers shared) {
    servers = shared;
  }

  @ParameterizedTest
  @CsvSource({
    "JSON, DEBEZIUM_JSON",
    "DEBEZIUM_JSON, DEBEZIUM_JSON",
    "MAXWELL_JSON, MAXWELL_JSON",
    "CANAL_JSON, CANAL_JSON"
  })
  void flinkRebuildsTheTable(Format format, FlinkFormat reader) throws Exception {
    MysqlServer mysql = servers.mysql(MysqlVersion.MYSQL_8_0_33);
    KafkaServer kafka = servers.kafka();
    String schema = "flink_" + format.name().toLowerCase(Locale.ROOT);
    FlinkTable table = new FlinkTable(schema, columns());
    table.create(mysql);
    FlinkRows rows = new FlinkRows(reader.reader(table.row(format)), table.row(format));
    try (LiveBroker broker = LiveBroker.with(schema, mysql, kafka, rules(schema, format)).start();
        Topic topic = new Topic(kafka, schema)) {
      int changes = table.change(mysql);

      topic.read(changes, message -> rows.take(message.value()));
    }

    assertThat(rows.rows()).isEqualTo(table.select(mysql, format));
  }

  private static String rules(String schema, Format format) {
    return """
    "Format":"%s", "Sources":[{"Schema":"%s", "Tables":[{"Table":"goods", "Key":"@pk"}]}],
    """
        .formatted(format.label(), schema);
  }

  private static List<FlinkColumn> columns() {
    String utc = "CAST(CONVERT_TZ($, @@session.time_zone, '+00:00') AS CHAR)";
    return List.of(
        FlinkColumn.of("name", "VARCHAR(40)", DataTypes.STRING(), "$", "'订单\"😀\\n'", "''", "'x'"),
        FlinkColumn.of(
                "price",
                "DECIMAL(10,2)",
                DataTypes.DECIMAL(10, 2),
                "$",
                "12.30",
                "-0.01",
                "99999999.99")
            .in(
                Format.DEBEZIUM_JSON,
                DataTypes.STRING(),
                "CASE $ WHEN 12.30 THEN 'BM4=' WHEN -0.01 THEN '/w==' WHEN 99999999.99 THEN"
                    + " 'AlQL4/8=' END"),
        FlinkColumn.of("stock", "INT UNSIGNED", DataTypes.BIGINT(), "$", "0", "4294967295", "7"),
        FlinkColumn.of(
            "seen",
            "BIGINT UNSIGNED",
            DataTypes.DECIMAL(20, 0),
            "$",
            "18446744073709551615",
            "9223372036854775808",
            "1"),
        FlinkColumn.of("rate", "DOUBLE", DataTypes.DOUBLE(), "$", "0.5", "-1.5", "1234.0625"),
        FlinkColumn.of("sold", "TINYINT(1)", DataTypes.TINYINT(), "$", "1", "0", "-3"),
        FlinkColumn.of("kind", "ENUM('book','toy')", DataTypes.STRING(), "$", "'toy'", "'book'"),
        FlinkColumn.of(
                "tags", "SET('gift','vip')", DataTypes.STRING(), "$", "'gift,vip'", "''", "'vip'")
            .in(
                Format.MAXWELL_JSON,
                DataTypes.STRING(),
                "CASE $ WHEN '' THEN '[]' ELSE CONCAT('[\"', REPLACE($, ',', '\",\"'), '\"]') END"),
        FlinkColumn.of(
                "day",
                "DATE",
                DataTypes.DATE(),
                "$",
                "'2026-11-22'",
                "'1000-01-01'",
                "'9999-12-31'")
            .in(Format.DEBEZIUM_JSON, DataTypes.INT(), "TO_DAYS($) - 719528"),
        FlinkColumn.of("opens", "TIME", DataTypes.TIME(0), "$", "'08:30:00'", "'23:59:59'")
            .in(Format.DEBEZIUM_JSON, DataTypes.BIGINT(), "TIME_TO_SEC($) * 1000000"),
        FlinkColumn.of(
                "made",
                "DATETIME(3)",
                DataTypes.TIMESTAMP(3),
                "CAST($ AS CHAR)",
                "'2026-11-22 08:24:00.123'",
                "'1999-01-01 00:00:00'")
            .in(
                Format.DEBEZIUM_JSON,
                DataTypes.BIGINT(),
                "TIMESTAMPDIFF(MICROSECOND, '1970-01-01', $) DIV 1000"),
        FlinkColumn.of(
                "touched",
                "TIMESTAMP(6) NULL",
                DataTypes.TIMESTAMP_LTZ(6),
                "CAST(CONVERT_TZ($, @@session.time_zone, '+00:00') AS CHAR)",
                "'2026-11-22 08:24:00.123456'",
                "'2001-09-09 01:46:40'")
            .in(
                Format.DEBEZIUM_JSON,
                DataTypes.STRING(),
                "CONCAT(REPLACE(CONVERT_TZ($, @@session.time_zone, '+00:00'), ' ', 'T'), 'Z')")
            .in(Format.MAXWELL_JSON, DataTypes.TIMESTAMP(6), utc)
            .in(Format.CANAL_JSON, DataTypes.TIMESTAMP(6), utc),
        FlinkColumn.of("photo", "BLOB", DataTypes.BYTES(), "HEX($)", "x'00ff10'", "''")
            .in(Format.CANAL_JSON, DataTypes.STRING(), "CONVERT($ USING latin1)"),
        FlinkColumn.of(
            "doc",
            "JSON",
            DataTypes.STRING(),
            "REPLACE(REPLACE($, ', ', ','), ': ', ':')",
            "'{\"a\": [1, 2.5, \"x\"]}'",
            "'[]'"));
  }
}
