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
  void schemaAndTextAreFoundBehindStatusVariablesThatNobodyKnows() {
    QueryEvent query = query("ALTER TABLE goods ADD n INT");

    assertThat(query.schema()).isEqualTo("mall");
    assertThat(query.sql()).isEqualTo("ALTER TABLE goods ADD n INT");
    assertThat(query.firstWord()).isEqualTo("ALTER");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "BEGIN                                       | BEGIN",
        "begin                                       | BEGIN",
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
        "INSERT INTO m1 VALUES (1)                   | CHANGE",
        "/* one */ /* two */insert into m1 select 1  | CHANGE",
        "(((REPLACE INTO m1 VALUES (1))))            | CHANGE",
        "WITH c AS (SELECT 1) DELETE FROM m1         | CHANGE",
        "SELECT `mall`.`changes_rows`(1)             | CHANGE",
        "LOAD DATA INFILE 'x' INTO TABLE m1          | CHANGE",
        "SET STATEMENT max_statement_time=1 FOR UPDATE m1 SET a=1 | CHANGE",
        "SET STATEMENT max_statement_time=1 FOR ALTER TABLE m1 ADD b INT | OTHER",
        "SET PASSWORD FOR update = 'x'               | OTHER",
        "CREATE TABLE t (a INT) START TRANSACTION    | OTHER",
        "/*!50001 CREATE VIEW v AS SELECT 1 */       | OTHER",
        "/*!40000 DELETE FROM t */                   | CHANGE",
        "/*M!100100 UPDATE t SET a=1 */              | CHANGE",
        "/*!80000 */ DELETE FROM t                   | CHANGE",
        "TRUNCATE TABLE t                            | OTHER",
        "# Dummy event                               | OTHER",
        "/* never ends                               | OTHER",
        "--                                          | OTHER",
        "BEGINNING                                   | OTHER",
        "BEGIN_                                      | OTHER",
        "~~                                          | OTHER",
      })
  void aStatementIsOfTheKindThatItsFirstWordsSay(String sql, QueryEvent.Kind kind) {
    assertThat(query(sql).kind()).isEqualTo(kind);
  }

  @ParameterizedTest
  @CsvSource({
    "'-- a remark\nDELETE FROM t'",
    "'--\tx\n# y\nDELETE FROM t'",
    "'\n\tDELETE\nFROM t'"
  })
  void remarksEndWithTheirLine(String sql) {
    assertThat(query(sql).kind()).isEqualTo(QueryEvent.Kind.CHANGE);
  }

  @ParameterizedTest
  @CsvSource({"/*!50001 CREATE VIEW v AS SELECT 1 */, CREATE", "(select 1), SELECT", "'', ''"})
  void theFirstWordIsFoundBehindWhatStandsBeforeIt(String sql, String word) {
    assertThat(query(sql).firstWord()).isEqualTo(word);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "UPDATE goods SET n = 1.5                          | mall",
        "UPDATE shop.goods SET n = 1                       | mall,shop",
        "INSERT INTO `my shop` . goods VALUES ('a.b', 'c') | mall,my shop",
        "INSERT INTO \"shop\".goods VALUES ('it''s x.y\\'') | mall,shop",
        "INSERT INTO 商店.goods SELECT * FROM `other`.t      | mall,商店,other",
        "INSERT INTO t VALUES ('an open text.               | mall",
        "INSERT INTO `an open name.                         | mall",
      })
  void whatAStatementMayChangeIsItsOwnSchemaAndThoseItNames(String sql, String schemas) {
    assertThat(query(sql).schemas()).containsExactly(schemas.split(","));
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
        "ROLLBACK                    | ~~"
      })
  void aSavepointHasAName(String sql, String name) {
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
  void anXaStatementNamesItsTransaction(String sql, String xid) {
    assertThat(query(sql).xid()).isEqualTo(new Xid(xid));
  }

  @Test
  void anXaStatementWithoutAnIdIsRefused() {
    assertThatExceptionOfType(MalformedBytesException.class)
        .isThrownBy(() -> query("XA COMMIT").xid())
        .withMessageContaining("XA COMMIT");
  }

  @Test
  void theFormatOfAnXaTransactionIsTheLow32BitsOfUpTo64() {
    assertThat(query("XA COMMIT X'61',X'',18446744073709551615").xid())
        .isEqualTo(new Xid("X'61',X'',4294967295"));
    assertThatExceptionOfType(MalformedBytesException.class)
        .isThrownBy(() -> query("XA COMMIT X'61',X'',18446744073709551616").xid())
        .withMessageContaining("18446744073709551616");
  }

  @Test
  void aCompressedStatementIsReadLikeAPlainOne() {
    byte[] text = new LittleEndian().text("ALTER TABLE goods ADD n INT").toBytes();
    byte[] body = BinlogWriter.queryBody("mall", ZlibBlock.of(text));

    try (CompressedBlock block = new CompressedBlock(1000)) {
      QueryEvent query = QueryEvent.readCompressed(new ByteReader(body), block);

      assertThat(query.schema()).isEqualTo("mall");
      assertThat(query.sql()).isEqualTo("ALTER TABLE goods ADD n INT");
    }
  }

  @Test
  void anEventThatEndsBeforeItsStatementIsRefused() {
    byte[] body = BinlogWriter.queryBody("mall", new byte[0]);

    for (int length = 0; length < body.length; length++) {
      ByteReader cut = new ByteReader(Arrays.copyOf(body, length));
      assertThatExceptionOfType(MalformedBytesException.class)
          .isThrownBy(() -> QueryEvent.read(cut));
    }
  }

  private static QueryEvent query(String sql) {
    byte[] text = new LittleEndian().text(sql).toBytes();
    return QueryEvent.read(new ByteReader(BinlogWriter.queryBody("mall", text)));
  }
}
