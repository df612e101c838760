package io.binlogbroker.binlog.row;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.binlogbroker.binlog.bytes.MalformedBytesException;
import io.binlogbroker.binlog.row.SchemaSource.ColumnSchema;
import io.binlogbroker.binlog.row.SchemaSource.TableSchema;
import io.binlogbroker.binlog.row.column.WireType;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Decodes one cell of each kind from given bytes. */
class CellsTest {
  private static final String MARIADB = "11.4.5-MariaDB";

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "a TINYINT keeps its sign                | tinyint             | 1   | -    | ff                   | -1",
        "an unsigned TINYINT has none            | tinyint unsigned    | 1   | -    | ff                   | 255",
        "a SMALLINT is two bytes                 | smallint            | 2   | -    | 0080                 | -32768",
        "an unsigned SMALLINT reaches 65535      | smallint unsigned   | 2   | -    | ffff                 | 65535",
        "a MEDIUMINT is three bytes              | mediumint           | 9   | -    | ffffff               | -1",
        "an unsigned MEDIUMINT reaches 2^24 - 1  | mediumint unsigned  | 9   | -    | ffffff               | 16777215",
        "an INT is four bytes                    | int                 | 3   | -    | 00000080             | -2147483648",
        "ZEROFILL implies UNSIGNED               | int(8) zerofill     | 3   | -    | ffffffff             | 4294967295",
        "a BIGINT is eight bytes                 | bigint              | 8   | -    | ffffffffffffffff     | -1",
        "an unsigned BIGINT reaches 2^64 - 1     | bigint unsigned     | 8   | -    | ffffffffffffffff     | 18446744073709551615",
        "year 0 stays 0000                       | year                | 13  | -    | 00                   | 0000",
        "years count from 1900                   | year                | 13  | -    | ff                   | 2155",
        "a FLOAT is IEEE                         | float               | 4   | 04   | 0000c03f             | 1.5",
        "a DOUBLE is IEEE                        | double              | 5   | 08   | 000000000000f8bf     | -1.5",
        "a DECIMAL shows all its decimals        | decimal(4,2)        | 246 | 0402 | 8c1e                 | 12.30",
        "a negative DECIMAL has inverted bits    | decimal(4,2)        | 246 | 0402 | 73e1                 | -12.30",
        "a DECIMAL below one begins with 0       | decimal(2,2)        | 246 | 0202 | 85                   | 0.05",
        "leading zeros of a DECIMAL are dropped  | decimal(11,0)       | 246 | 0b00 | 800000000c           | 12",
        "groups of nine digits are padded        | decimal(18,0)       | 246 | 1200 | 8000000100000002     | 1000000002",
        "BIT numbers bits from the right         | bit(9)              | 16  | 0101 | 0101                 | 257",
        "an ENUM is the number of a label        | enum('a','b')       | 254 | f701 | 02                   | u:62",
        "ENUM 0 is the empty error value         | enum('a','b')       | 254 | f701 | 00                   | u:",
        "a SET is one bit per label              | set('a','b''c')     | 254 | f801 | 03                   | u:612C622763",
        "a DATE may be zero in parts             | date                | 10  | -    | 00c80f               | 2020-00-00",
        "a DATETIME may be all zeros             | datetime            | 18  | 00   | 8000000000           | 0000-00-00 00:00:00",
        "a DATETIME has its decimals             | datetime(1)         | 18  | 01   | 99b37b10435a         | 2024-05-29 17:01:03.9",
        "a TIMESTAMP counts seconds              | timestamp           | 17  | 00   | 3b9aca00             | 2001-09-09 01:46:40",
        "a TIMESTAMP of 0 is the zero timestamp  | timestamp(2)        | 17  | 02   | 0000000000           | 0000-00-00 00:00:00.00",
        "a TIMESTAMP continues after 2038        | timestamp           | 17  | 00   | ffffffff             | 2106-02-07 06:28:15",
        "a TIME may be negative                  | time                | 19  | 00   | 7fffff               | -00:00:01",
        "a negative TIME borrows                 | time(6)             | 19  | 06   | 7fffffffffff         | -00:00:00.000001",
        "a negative TIME with two decimals       | time(2)             | 19  | 02   | 7fffffff             | -00:00:00.01",
        "a VARCHAR below 256 has a short length  | varchar(10)         | 15  | 2800 | 026162               | u:6162",
        "a VARCHAR from 256 has a long length    | varchar(64)         | 15  | 0001 | 02006162             | u:6162",
        "a CHAR is like a VARCHAR                | char(10)            | 254 | fe28 | 0161                 | u:61",
        "a long CHAR borrows two bits of length  | char(255)           | 254 | cefc | 010061               | u:61",
        "a BINARY is padded to its length        | binary(4)           | 254 | fe04 | 020102               | x:01020000",
        "a VARBINARY is not                      | varbinary(4)        | 15  | 0400 | 020100               | x:0100",
        "a TEXT has the length bytes of its meta | mediumtext          | 252 | 03   | 01000061             | u:61",
        "a BLOB as well                          | blob                | 252 | 02   | 0100ff               | x:FF",
        "a GEOMETRY starts with its SRID         | point               | 255 | 04   | 06000000 e6100000 01ff | x:E610000001FF",
        "a VECTOR is a list of floats            | vector(1)           | 242 | 04   | 04000000 0000803f    | x:0000803F",
        "JSON of no bytes is null                | json                | 245 | 04   | 00000000             | u:6E756C6C",
        "an old DATETIME is decimal digits       | datetime            | 12  | -    | 80c5aa8b68120000     | 2024-02-29 12:34:56",
        "an old TIMESTAMP is little-endian       | timestamp           | 7   | -    | 00ca9a3b             | 2001-09-09 01:46:40",
        "an old TIME is decimal digits           | time                | 11  | -    | c01dfe               | -12:34:56",
      })
  void cellIsDecoded(
      String sentence, String declared, int type, String meta, String cell, String text) {
    assertThat(cell(declared, type, meta, cell, "5.7.22")).as(sentence).isEqualTo(text);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "a UUID is in text order           | uuid | 254 | fe10 | 02123e             | 123e0000-0000-0000-0000-000000000000",
        "an INET4 loses trailing zeros     | inet4 | 254 | fe04 | 017f               | 127.0.0.0",
        "an INET6 of zeros is ::           | inet6 | 254 | fe10 | 00                 | ::",
        "an INET6 shortens the longest run | inet6 | 254 | fe10 | 1020010db8000000000001000000000001 | 2001:db8::1:0:0:1",
        "one zero group is no run          | inet6 | 254 | fe10 | 1000010000000200030004000500060007 | 1:0:2:3:4:5:6:7",
        "a run may be at the end           | inet6 | 254 | fe10 | 020001             | 1::",
        "an IPv4 address is mapped         | inet6 | 254 | fe10 | 1000000000000000000000ffffc0000280 | ::ffff:192.0.2.128",
        "a small last group is no IPv4     | inet6 | 254 | fe10 | 1000000000000000000000000000000001 | ::1",
        "a compressed cell may be stored   | varchar(10) compressed | 141 | 2900 | 03006162 | u:6162",
        "an empty compressed cell is empty | varchar(10) compressed | 141 | 2900 | 00 | u:",
        "old decimals of MariaDB: TIME     | time(3) /* mariadb-5.3 */ | 11 | - | 00b407a57f | -00:00:00.001",
      })
  void cellOfMariadbIsDecoded(
      String sentence, String declared, int type, String meta, String cell, String text) {
    assertThat(cell(declared, type, meta, cell, MARIADB)).as(sentence).isEqualTo(text);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "too few bytes        | int           | 3   | -    | 0102   | Expected 4 bytes for INT but 2 are left",
        "a length too large   | varchar(10)   | 15  | 2800 | 0561   | Expected 5 bytes for VARCHAR but 1 are left",
        "no such label        | enum('a')     | 254 | f701 | 02     | Expected one of 1 labels but got number 2",
        "no such bit          | set('a')      | 254 | f801 | 02     | Expected a set of 1 labels but got bits 10",
        "too many bits        | bit(1)        | 16  | 0100 | 02     | Expected 1 bits but got 10",
        "a BINARY too long    | binary(1)     | 254 | fe01 | 020102 | Expected at most 1 bytes but the cell has 2",
        "digits above nine    | decimal(1,0)  | 246 | 0100 | 8a     | Expected 1 decimal digits but got 10",
        "a month above twelve | date          | 10  | -    | a1c90f | Expected a date or time but got year 2020 month 13, 0:0:0",
        "a broken vector      | vector(1)     | 242 | 04   | 0100000000 | Expected 32-bit floats but the cell has 1 bytes",
      })
  void malformedCellIsRejectedNamingTheColumn(
      String sentence, String declared, int type, String meta, String cell, String text) {
    assertThatThrownBy(() -> cell(declared, type, meta, cell, "5.7.22"))
        .as(sentence)
        .isInstanceOf(MalformedBytesException.class)
        .hasMessage(text + ", mall_db.goods column 1 \"price\"");
  }

  @Test
  void nullIsPassedForEveryKind() {
    TableMap map = new TableBytes().column(WireType.LONG, "").map();

    BinlogRows rows = RowsBytes.insert(map, 1, "01", schema("int", true));

    assertThat(rows.next()).isTrue();
    assertThat(rows.after().isNull(0)).isTrue();
    assertThat(RowsBytes.cells(rows.after())).isEqualTo("{0=NULL}");
  }

  private static String cell(String declared, int type, String meta, String cell, String server) {
    TableMap map = new TableBytes().notNull(type, meta == null ? "" : meta).map(server);
    BinlogRows rows = RowsBytes.insert(map, 1, "00" + cell, schema(declared, false));
    assertThat(rows.next()).isTrue();
    ServerTextSink sink = new ServerTextSink();
    rows.after().cells(sink);
    assertThat(rows.next()).as("bytes left").isFalse();
    return sink.take().get(0);
  }

  private static SchemaSource schema(String declared, boolean nullable) {
    String dataType = declared.split("[ (]")[0];
    boolean text = declared.matches("(char|varchar|.*text|enum|set).*");
    ColumnSchema column =
        new ColumnSchema("price", declared, dataType, nullable, text ? "utf8mb4" : null);
    return table -> new TableSchema(List.of(column), List.of());
  }
}
