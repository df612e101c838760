package io.binlogbroker.broker;

import static io.binlogbroker.broker.SelectedAs.BINARY;
import static io.binlogbroker.broker.SelectedAs.DOUBLE;
import static io.binlogbroker.broker.SelectedAs.FLOAT;
import static io.binlogbroker.broker.SelectedAs.GEOGRAPHY;
import static io.binlogbroker.broker.SelectedAs.GEOMETRY;
import static io.binlogbroker.broker.SelectedAs.JSON;
import static io.binlogbroker.broker.SelectedAs.NUMBER;
import static io.binlogbroker.broker.SelectedAs.TEXT;
import static io.binlogbroker.broker.SelectedAs.TIMESTAMP;
import static java.util.stream.Collectors.joining;

import io.binlogbroker.testkit.MysqlVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Every column type with its edge values, in a table for each family. */
public final class TypedTables {
  private TypedTables() {}

  public static List<TypedTable> of(MysqlVersion version) {
    List<TypedTable> tables = new ArrayList<>();
    tables.add(integers());
    tables.add(fractions());
    tables.add(dates());
    tables.add(times());
    tables.add(texts());
    tables.add(charsets());
    tables.add(labels());
    tables.add(bytes());
    tables.add(geometries());
    if (version.isMariaDb()) {
      tables.add(ofMariaDb());
      tables.add(oldTimes());
    } else {
      tables.add(version == MysqlVersion.MYSQL_5_7_22 ? ofMysql57() : ofMysql());
      tables.add(documents());
      tables.add(changedDocuments());
    }
    return tables;
  }

  /** Those in which a time zone could play a part. */
  static List<TypedTable> withTimes(MysqlVersion version) {
    return version.isMariaDb()
        ? List.of(dates(), times(), oldTimes())
        : List.of(dates(), times(), documents());
  }

  private static TypedTable integers() {
    return TypedTable.of(
        "integers",
        TypedColumn.of("TINYINT", NUMBER, "-128", "127", "0", "-1"),
        TypedColumn.of("TINYINT UNSIGNED", NUMBER, "255", "128", "0"),
        TypedColumn.of("BOOL", NUMBER, "TRUE", "FALSE"),
        TypedColumn.of("SMALLINT", NUMBER, "-32768", "32767", "-1"),
        TypedColumn.of("SMALLINT UNSIGNED", NUMBER, "65535", "32768"),
        TypedColumn.of("MEDIUMINT", NUMBER, "-8388608", "8388607", "-1"),
        TypedColumn.of("MEDIUMINT UNSIGNED", NUMBER, "16777215", "8388608"),
        TypedColumn.of("INT", NUMBER, "-2147483648", "2147483647", "-1"),
        TypedColumn.of("INT UNSIGNED", NUMBER, "4294967295", "2147483648"),
        TypedColumn.of("INT(9) ZEROFILL", NUMBER, "7", "4294967295"),
        TypedColumn.of("BIGINT", NUMBER, "-9223372036854775808", "9223372036854775807", "-1"),
        TypedColumn.of(
            "BIGINT UNSIGNED", NUMBER, "18446744073709551615", "9223372036854775808", "0"),
        TypedColumn.of("YEAR", NUMBER, "1901", "2155", "0", "2026"),
        // The server shows a BIT as bytes, but counts with it as a number.
        bit(1, "b'0'", "b'1'"),
        bit(7, "127", "64"),
        bit(8, "255", "128"),
        bit(9, "511", "256", "1"),
        bit(33, "8589934591", "4294967296"),
        bit(64, "18446744073709551615", "9223372036854775808", "1"));
  }

  private static TypedColumn bit(int bits, String... values) {
    return TypedColumn.of("BIT(" + bits + ")", NUMBER, values);
  }

  private static TypedTable fractions() {
    String most = most();
    return TypedTable.of(
        "fractions",
        TypedColumn.of(
            "DECIMAL(65,30)", TEXT, most, "-" + most, "0", "0." + "0".repeat(29) + "1", "-1"),
        TypedColumn.of("DECIMAL(65,0)", TEXT, "9".repeat(65), "-" + "9".repeat(65), "0"),
        TypedColumn.of("DECIMAL(10,2)", TEXT, "12.30", "-0.01", "99999999.99", "-99999999.99"),
        TypedColumn.of("DECIMAL(5,5)", TEXT, "0.99999", "-0.99999", "0.00001"),
        TypedColumn.of("DECIMAL(18,9) UNSIGNED", TEXT, "999999999.999999999", "0.000000001"),
        TypedColumn.of("DECIMAL(1,0)", TEXT, "9", "-9"),
        TypedColumn.of(
            "FLOAT",
            FLOAT,
            "3.402823466e38",
            "-3.402823466e38",
            "1.175494351e-38",
            "1.4e-45",
            "0.1",
            "-0.0",
            "16777216",
            "123456.789"),
        TypedColumn.of("FLOAT(7,3)", FLOAT, "1234.567", "-0.001"),
        TypedColumn.of("FLOAT UNSIGNED", FLOAT, "0.3", "1e10"),
        TypedColumn.of(
            "DOUBLE",
            DOUBLE,
            "1.7976931348623157e308",
            "-1.7976931348623157e308",
            "2.2250738585072014e-308",
            "5e-324",
            "0.1",
            "1e100",
            "9007199254740993",
            "2e-3"),
        TypedColumn.of("DOUBLE(20,4)", DOUBLE, "1234567890.1234", "-0.0001"));
  }

  private static String most() {
    return "9".repeat(35) + "." + "9".repeat(30);
  }

  private static TypedTable dates() {
    List<TypedColumn> columns = new ArrayList<>();
    columns.add(
        TypedColumn.of(
            "DATE",
            TEXT,
            "'1000-01-01'",
            "'9999-12-31'",
            "'0000-00-00'",
            "'2020-00-00'",
            "'2020-11-00'",
            "'2024-02-29'",
            "'2011-12-30'",
            "'0001-01-01'"));
    for (int digits = 0; digits <= 6; digits++) {
      columns.add(
          TypedColumn.of(
              "DATETIME(" + digits + ")",
              TEXT,
              "'2026-11-22 08:24:00.123456'",
              "'1000-01-01 00:00:00'",
              "'9999-12-31 23:59:59'",
              "'0000-00-00 00:00:00'",
              "'2020-00-00 10:11:12.5'",
              // No such time in Asia/Shanghai, America/St_Johns, Pacific/Apia.
              "'1986-05-04 02:30:00'",
              "'2007-03-11 00:30:00'",
              "'2011-12-30 12:00:00'",
              "'1969-12-31 23:59:59.999999'"));
      columns.add(
          TypedColumn.of(
              "TIMESTAMP(" + digits + ") NULL",
              TIMESTAMP,
              "'2026-11-22 08:24:00.123456'",
              "'1970-01-01 00:00:01'",
              "'2038-01-19 03:14:07'",
              "'0000-00-00 00:00:00'",
              "'1986-05-04 02:30:00'",
              "'2007-03-11 00:30:00'",
              "'2011-12-30 12:00:00'",
              "'2001-09-09 01:46:40.000001'"));
    }
    return new TypedTable("dates", columns);
  }

  private static TypedTable oldTimes() {
    List<TypedColumn> columns = new ArrayList<>(dates().columns());
    columns.addAll(times().columns());
    return new TypedTable("old_times", columns, true);
  }

  private static TypedTable times() {
    return new TypedTable(
        "times",
        IntStream.rangeClosed(0, 6)
            .mapToObj(
                digits ->
                    TypedColumn.of(
                        "TIME(" + digits + ")",
                        TEXT,
                        "'-838:59:59'",
                        "'838:59:59'",
                        "'00:00:00'",
                        "'-00:00:00.000001'",
                        "'-00:00:00.5'",
                        "'-12:34:56.789012'",
                        "'12:34:56.789012'",
                        "'-00:00:01'",
                        "'-00:59:59.999999'"))
            .toList());
  }

  private static TypedTable texts() {
    String odd = "CONCAT('\"\\\\/\\n\\t', CHAR(0 USING utf8mb4), CHAR(31 USING utf8mb4), '😀订单 ')";
    return TypedTable.of(
        "texts",
        TypedColumn.of("CHAR(20)", TEXT, odd, "''", "'a  '", "'订单'"),
        TypedColumn.of("CHAR(255)", TEXT, odd, "REPEAT('订', 255)", "''"),
        TypedColumn.of("VARCHAR(20)", TEXT, odd, "''", "'a  '"),
        TypedColumn.of("VARCHAR(300)", TEXT, odd, "REPEAT('é', 300)", "''"),
        TypedColumn.of("TINYTEXT", TEXT, odd, "REPEAT('x', 255)", "''"),
        TypedColumn.of("TEXT", TEXT, odd, "REPEAT('x', 65535)", "''"),
        TypedColumn.of("MEDIUMTEXT", TEXT, odd, "REPEAT('订', 30000)", "''"),
        TypedColumn.of("LONGTEXT", TEXT, odd, "REPEAT('😀', 50000)", "''"),
        TypedColumn.generated("VARCHAR(40) AS (CONCAT('v', id)) VIRTUAL", TEXT),
        TypedColumn.generated("VARCHAR(40) AS (CONCAT('s', id)) STORED", TEXT));
  }

  private static TypedTable charsets() {
    return TypedTable.of(
        "charsets",
        of("latin1", "Ünïcödé €", "ÿ"),
        of("gbk", "订单編號", "a订b"),
        of("gb2312", "订单编号"),
        of("big5", "訂單編號"),
        of("sjis", "注文ソ表ｱｲｳ"),
        of("cp932", "注文①ソ～"),
        of("ujis", "注文ｱｲｳ"),
        of("eucjpms", "注文①"),
        of("euckr", "주문번호"),
        of("utf16", "订单😀"),
        of("utf16le", "订单😀"),
        of("utf32", "订单😀"),
        of("ucs2", "订单"),
        of("utf8", "订单"),
        of("ascii", "plain"),
        of("koi8r", "Заказ"),
        of("koi8u", "Замовлення їєґ"),
        of("cp1250", "Objednávka ž"),
        of("cp1251", "Заказ №"),
        of("cp1256", "طلب"),
        of("cp1257", "Užsakymas"),
        of("cp850", "Größe"),
        of("cp852", "Zamówienie"),
        of("cp866", "Заказ"),
        of("greek", "Παραγγελία"),
        of("hebrew", "הזמנה"),
        of("latin2", "Zamówienie"),
        of("latin5", "Sipariş"),
        of("latin7", "Užsakymas"),
        of("macroman", "Größe"),
        of("macce", "Objednávka"),
        of("tis620", "คำสั่ง"),
        of("armscii8", "Պատվեր"),
        of("geostd8", "შეკვეთა"),
        of("hp8", "Größe"),
        of("dec8", "Größe"),
        of("swe7", "Beställning"),
        of("keybcs2", "Objednávka"));
  }

  private static TypedColumn of(String charset, String... texts) {
    String[] literals = new String[texts.length + 1];
    for (int i = 0; i < texts.length; i++) {
      literals[i] = "'" + texts[i] + "'";
    }
    literals[texts.length] = "''";
    return TypedColumn.of("VARCHAR(100) CHARACTER SET " + charset, TEXT, literals);
  }

  private static TypedTable labels() {
    String many = labels("label", 300);
    String set33 = labels("s", 33);
    String set64 = labels("s", 64);
    return TypedTable.of(
        "labels",
        TypedColumn.of("ENUM('gift','vip','订单','it''s')", TEXT, "'gift'", "'订单'", "'it''s'", "'x'"),
        TypedColumn.of("ENUM('','a')", TEXT, "''", "'a'", "'x'"),
        TypedColumn.of("ENUM('a\\\\b','new\\nline','\\\\')", TEXT, "1", "2", "3"),
        TypedColumn.of("ENUM(" + many + ")", TEXT, "1", "256", "300", "'x'"),
        TypedColumn.of("ENUM('订单','包裹') CHARACTER SET gbk", TEXT, "'包裹'", "'x'"),
        TypedColumn.of("ENUM('订单','x') CHARACTER SET utf16", TEXT, "'订单'", "'x'"),
        TypedColumn.of("SET('gift','vip','订单')", TEXT, "'gift,vip'", "'订单'", "''", "7"),
        TypedColumn.of("SET('订单','包裹') CHARACTER SET gbk", TEXT, "'订单,包裹'", "''"),
        TypedColumn.of("SET('é','b') CHARACTER SET latin1", TEXT, "'é,b'", "''"),
        TypedColumn.of("SET(" + set33 + ")", TEXT, "4294967296", "8589934591", "'s1,s33'"),
        TypedColumn.of("SET(" + set64 + ")", TEXT, "18446744073709551615", "'s64'", "'s1'", "0"));
  }

  private static String labels(String prefix, int count) {
    return IntStream.rangeClosed(1, count)
        .mapToObj(i -> "'" + prefix + i + "'")
        .collect(joining(","));
  }

  private static TypedTable bytes() {
    String all =
        "x'" + IntStream.range(0, 256).mapToObj("%02x"::formatted).collect(joining()) + "'";
    return TypedTable.of(
        "bytes",
        TypedColumn.of("BINARY(5)", BINARY, "'ab'", "x'0000'", "x'6100200000'", "''"),
        TypedColumn.of("BINARY(255)", BINARY, "REPEAT(x'ff', 255)", "x'00'", "''"),
        TypedColumn.of("VARBINARY(10)", BINARY, "x'deadbeef'", "x'00'", "x'2000'", "''"),
        TypedColumn.of("VARBINARY(300)", BINARY, all, "REPEAT(x'00', 300)", "''"),
        TypedColumn.of("TINYBLOB", BINARY, "REPEAT(x'fe', 255)", "x'00'", "''"),
        TypedColumn.of("BLOB", BINARY, all, "REPEAT(x'fe', 65535)", "''"),
        TypedColumn.of("MEDIUMBLOB", BINARY, all, "REPEAT(x'0102', 40000)", "''"),
        TypedColumn.of("LONGBLOB", BINARY, all, "REPEAT(x'0102', 100000)", "''"));
  }

  private static TypedTable geometries() {
    return TypedTable.of(
        "geometries",
        TypedColumn.of(
            "GEOMETRY",
            GEOMETRY,
            text("POINT(1 -2.5)"),
            text("LINESTRING(0 0,1 1,2 0)"),
            text("POLYGON((0 0,4 0,4 4,0 4,0 0),(1 1,2 1,2 2,1 2,1 1))"),
            text("MULTIPOINT(1 1,2 2)"),
            text("MULTILINESTRING((0 0,1 1),(2 2,3 3))"),
            text("MULTIPOLYGON(((0 0,1 0,1 1,0 0)))"),
            text("GEOMETRYCOLLECTION(POINT(1 2),LINESTRING(0 0,1 1))")),
        TypedColumn.of("POINT", GEOMETRY, text("POINT(1e300 -1e-300)")),
        TypedColumn.of("LINESTRING", GEOMETRY, "ST_GeomFromText('LINESTRING(0 0,1 1)', 3857)"));
  }

  private static String text(String wellKnown) {
    return "ST_GeomFromText('" + wellKnown + "')";
  }

  private static TypedTable ofMysql() {
    return TypedTable.of(
        "of_mysql",
        of("gb18030", "订单😀編號"),
        TypedColumn.of("POINT SRID 4326", GEOGRAPHY, "ST_GeomFromText('POINT(48.1 11.5)', 4326)"),
        TypedColumn.of(
            "GEOMETRY", GEOGRAPHY, "ST_GeomFromText('POLYGON((0 0,1 0,1 1,0 0))', 4326)"));
  }

  private static TypedTable ofMysql57() {
    return TypedTable.of("of_mysql", of("gb18030", "订单😀編號"));
  }

  private static TypedTable ofMariaDb() {
    return TypedTable.of(
        "of_mariadb",
        TypedColumn.of(
            "UUID",
            TEXT,
            "'123e4567-e89b-12d3-a456-426655440000'",
            "'00000000-0000-0000-0000-000000000000'",
            "'ffffffff-ffff-ffff-ffff-ffffffffffff'",
            "'019b2f7c-1111-7222-8333-000000000000'"),
        TypedColumn.of(
            "DECIMAL(65,38)",
            TEXT,
            "9".repeat(27) + "." + "9".repeat(38),
            "-0." + "0".repeat(37) + "1"),
        TypedColumn.of("DECIMAL(38,38)", TEXT, "0." + "9".repeat(38), "-0.5"),
        TypedColumn.of("INET4", TEXT, "'192.0.2.1'", "'0.0.0.0'", "'255.255.255.255'"),
        TypedColumn.of(
            "INET6",
            TEXT,
            "'2001:db8::1'",
            "'::'",
            "'::ffff:192.0.2.1'",
            "'2001:db8:0:0:1:0:0:1'",
            "'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff'"),
        TypedColumn.of("JSON", TEXT, "'{\"a\": [1, 2.5]}'", "'null'"),
        TypedColumn.of("VARCHAR(3000) COMPRESSED", TEXT, "REPEAT('订单', 1000)", "'a'", "''"),
        TypedColumn.of("TEXT COMPRESSED", TEXT, "REPEAT('订单', 5000)", "'a'", "''"),
        TypedColumn.of("VARBINARY(3000) COMPRESSED", BINARY, "REPEAT(x'00', 3000)", "x'00'", "''"),
        TypedColumn.of("BLOB COMPRESSED", BINARY, "REPEAT(x'0102', 30000)", "x'01'", "''"),
        TypedColumn.of(
            "VARCHAR(500) CHARACTER SET gbk COMPRESSED", TEXT, "REPEAT('订单', 200)", "''"),
        TypedColumn.of("INT INVISIBLE", NUMBER, "1"),
        TypedColumn.of("TIMESTAMP(6) NULL", TIMESTAMP, "'2038-01-19 03:14:07.999999'"));
  }

  /** The rows' other columns are small, so that an update logs a document in part where it may. */
  private static TypedTable changedDocuments() {
    String document =
        "JSON_OBJECT('a', JSON_ARRAY(1, 2.5, NULL), '订单', 'x', 'pad', REPEAT('y', 500))";
    return TypedTable.of(
        "changed_documents",
        document(document, "JSON_SET(%s, '$.a[1]', id, '$.new', JSON_ARRAY('😀', TRUE))"),
        document(document, "JSON_REPLACE(%s, '$.\"订单\"', 7.50)"),
        document(document, "JSON_REMOVE(%s, '$.a[0]', '$.\"订单\"')"),
        document(document, "%s"),
        document("'[0, 0]'", "JSON_ARRAY('another')"));
  }

  private static TypedColumn document(String value, String change) {
    return TypedColumn.of("JSON", JSON, value, "'{}'").changedBy(change);
  }

  private static TypedTable documents() {
    return TypedTable.of(
        "documents",
        TypedColumn.of(
            "JSON",
            JSON,
            "'null'",
            "'true'",
            "'false'",
            "'0'",
            "'-1'",
            "'32767'",
            "'-32769'",
            "'65535'",
            "'2147483648'",
            "'4294967295'",
            "'-9223372036854775808'",
            "'18446744073709551615'",
            "'0.1'",
            "'-1e100'",
            "'1.0'",
            "'\"\"'",
            "'\"订单 😀 \\\\\" \\\\\\\\ \\\\n \\\\u0001\"'",
            "'{}'",
            "'[]'",
            "'{\"a\": [1, 2.5, {\"b\": null}], \"\": \"x\", \"ключ\": true}'",
            "JSON_QUOTE(REPEAT('x', 20000))",
            "JSON_ARRAY(REPEAT('y', 70000), REPEAT('z', 127), REPEAT('z', 128))",
            "JSON_OBJECT('big', REPEAT('y', 70000), 'n', 5, 's', 70000, 'x', NULL, 'b', true)",
            "JSON_ARRAY(CAST('2026-11-22' AS DATE), CAST('2026-11-22 08:24:00.5' AS DATETIME(6)),"
                + " CAST('-838:59:59' AS TIME), CAST('12:34:56.789012' AS TIME(6)),"
                + " CAST('0000-00-00' AS DATE))",
            "JSON_ARRAY(12.30, -0.000001, 1e0, 99999999999999999999.99, 0.0)",
            // The server computes with more digits than a column has.
            "JSON_ARRAY("
                + "9".repeat(65)
                + ".0, 0."
                + "9".repeat(65)
                + ", -"
                + "8".repeat(65)
                + ")",
            "JSON_ARRAY(CAST('"
                + "9".repeat(65)
                + "' AS DECIMAL(65)), CAST('-0.99999' AS DECIMAL(5,5)))",
            "JSON_ARRAY(CAST('" + most() + "' AS DECIMAL(65,30)) / 3, " + "7".repeat(81) + ")",
            "JSON_ARRAY(x'00ff', b'101', REPEAT(x'abcd', 25))",
            "JSON_ARRAY(ST_GeomFromText('POINT(1 2)'))",
            "CAST(CAST('-00:00:00.000001' AS TIME(6)) AS JSON)",
            "CAST(CAST(-12.50 AS DECIMAL(10,2)) AS JSON)",
            "CAST(YEAR('2026-01-01') AS JSON)"));
  }
}
