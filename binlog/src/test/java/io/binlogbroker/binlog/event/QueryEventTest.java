package io.binlogbroker.binlog.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.binlogbroker.binlog.bytes.ByteReader;
import io.binlogbroker.binlog.bytes.MalformedBytesException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QueryEventTest {
  @Test
  void schemaAndTextAreFoundAfterUnknownStatusVariables() {
    QueryEvent query = query("ALTER TABLE goods ADD n INT");

    assertThat(query.schema()).isEqualTo("mall");
    assertThat(query.sql()).isEqualTo("ALTER TABLE goods ADD n INT");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "BEGIN                                       | BEGIN",
        "begin                                       | BEGIN",
        "BEGIN /* of a tool */                       | BEGIN",
        "BEGIN NOT ATOMIC DELETE FROM t; END         | OTHER",
        "COMMIT                                      | COMMIT",
        "/* a tool's mark */ COMMIT                  | COMMIT",
        "ROLLBACK                                    | ROLLBACK",
        "ROLLBACK TO `s1`                            | ROLLBACK_TO_SAVEPOINT",
        "rollback /* x */ to savepoint s1            | ROLLBACK_TO_SAVEPOINT",
        "ROLLBACK WORK TO SAVEPOINT s1               | ROLLBACK_TO_SAVEPOINT",
        "ROLLBACK WORK                               | ROLLBACK",
        "SAVEPOINT `s1`                              | SAVEPOINT",
        "XA START X'7831',X'',1                      | XA_START",
        "XA BEGIN 'x'                                | XA_START",
        "XA END X'7831',X'',1                        | XA_END",
        "XA COMMIT X'7831',X'',1                     | XA_COMMIT",
        "xa rollback X'7831',X'',1                   | XA_ROLLBACK",
        "XA PREPARE 'x'                              | OTHER",
        "INSERT INTO m1 VALUES (1)                   | OTHER",
        "/* one */ /* two */insert into m1 select 1  | OTHER",
        "(((REPLACE INTO m1 VALUES (1))))            | OTHER",
        "WITH c AS (SELECT 1) DELETE FROM m1         | OTHER",
        "SELECT `mall`.`changes_rows`(1)             | OTHER",
        "LOAD DATA INFILE 'x' INTO TABLE m1          | OTHER",
        "SET STATEMENT max_statement_time=1 FOR UPDATE m1 SET a=1 | OTHER",
        "SET STATEMENT max_statement_time=1 FOR ALTER TABLE m1 ADD b INT | OTHER",
        "SET PASSWORD FOR update = 'x'               | OTHER",
        "CREATE TABLE t (a INT) START TRANSACTION    | OTHER",
        "/*!50001 CREATE VIEW v AS SELECT 1 */       | OTHER",
        "/*!40000 DELETE FROM t */                   | OTHER",
        "/*M!100100 UPDATE t SET a=1 */              | OTHER",
        "/*!80000 */ DELETE FROM t                   | OTHER",
        "TRUNCATE TABLE t                            | OTHER",
        "# Dummy event                               | OTHER",
        "/* never ends                               | OTHER",
        "--                                          | OTHER",
        "BEGINNING                                   | OTHER",
        "BEGIN_                                      | OTHER",
        "~~                                          | OTHER",
      })
  void kindIsDeterminedByTheFirstWords(String sql, QueryEvent.Kind kind) {
    assertThat(query(sql).kind()).isEqualTo(kind);
  }

  @ParameterizedTest
  @CsvSource({
    "'-- a remark\nCOMMIT'",
    "'--\tx\n# y\nCOMMIT'",
    "'\n\tCOMMIT\nAND CHAIN'",
    "'\u00a0COMMIT'"
  })
  void commentsEndWithTheirLine(String sql) {
    assertThat(query(sql).kind()).isEqualTo(QueryEvent.Kind.COMMIT);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "SAVEPOINT `a b`             | a b",
        "savepoint a                 | a",
        "ROLLBACK TO `a``b`          | a`b",
        "ROLLBACK WORK TO SAVEPOINT x| x",
        "ROLLBACK TO `é`             | é",
        "/* x */ ROLLBACK TO `to`    | to",
        "SAVEPOINT `open             | open",
        "ROLLBACK                    | ~~"
      })
  void savepointNameIsRead(String sql, String name) {
    assertThat(query(sql).savepoint()).isEqualTo(name);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "XA COMMIT X'7a',X'',1            | X'7a',X'',1",
        "XA ROLLBACK X'7A' , X'0b' , 7    | X'7a',X'0b',7",
        "XA COMMIT X'',X'',4294967295     | X'',X'',4294967295"
      })
  void xaStatementNamesItsTransaction(String sql, String xid) {
    assertThat(query(sql).xid()).isEqualTo(new Xid(xid));
  }

  @Test
  void xaStatementWithoutAnIdIsRejected() {
    assertThatExceptionOfType(MalformedBytesException.class)
        .isThrownBy(() -> query("XA COMMIT").xid())
        .withMessageContaining("XA COMMIT");
  }

  @Test
  void xaFormatIsTheLow32Bits() {
    assertThat(query("XA COMMIT X'61',X'',18446744073709551615").xid())
        .isEqualTo(new Xid("X'61',X'',4294967295"));
    assertThatExceptionOfType(MalformedBytesException.class)
        .isThrownBy(() -> query("XA COMMIT X'61',X'',18446744073709551616").xid())
        .withMessageContaining("18446744073709551616");
  }

  @Test
  void compressedStatementIsReadLikeAnUncompressedOne() {
    byte[] text = new LittleEndian().text("ALTER TABLE goods ADD n INT").toBytes();
    byte[] body = BinlogWriter.queryBody("mall", ZlibBlock.of(text));

    try (CompressedBlock block = new CompressedBlock(1000)) {
      QueryEvent query = QueryEvent.readCompressed(new ByteReader(body), block);

      assertThat(query.schema()).isEqualTo("mall");
      assertThat(query.sql()).isEqualTo("ALTER TABLE goods ADD n INT");
    }
  }

  @Test
  void truncatedEventIsRejected() {
    byte[] body = BinlogWriter.queryBody("mall", new byte[0]);

    for (int length = 0; length < body.length; length++) {
      ByteReader truncated = new ByteReader(Arrays.copyOf(body, length));
      assertThatExceptionOfType(MalformedBytesException.class)
          .isThrownBy(() -> QueryEvent.read(truncated));
    }
  }

  private static QueryEvent query(String sql) {
    byte[] text = new LittleEndian().text(sql).toBytes();
    return QueryEvent.read(new ByteReader(BinlogWriter.queryBody("mall", text)));
  }
}
