package io.binlogbroker.engine.schema.ddl.sql;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.binlogbroker.binlog.row.text.ClientCharset;
import io.binlogbroker.engine.schema.ddl.MemoryTables;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Statements are split like on their server. In the texts each character is a byte. */
class SqlLexerTest {
  private static final int LATIN1 = 8;
  private static final int KOI8R = 7;
  private static final int SWE7 = 10;
  private static final int SJIS = 13;
  private static final int GBK = 28;
  private static final int CP866 = 36;
  private static final int UTF8MB4 = 45;
  private static final int BINARY = 63;

  private static final SqlDialect MYSQL_5_7 =
      new SqlDialect(false, true, false, false, 50_722, true);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        LATIN1 + "|ALTER\u00a0TABLE\u00a0t|ALTER TABLE t",
        KOI8R + "|ALTER TABLE \u00a3|ALTER TABLE ё",
        CP866 + "|~\u00ffDROP\u00ffx~|DROP x",
        UTF8MB4 + "|DROP \u00e3\u0080\u0080x|DROP \u3000x",
        UTF8MB4 + "|DROP \u00c2\u00a0x|DROP \u00a0x",
        GBK + "|DROP \u0081\\x|DROP 乗x",
        BINARY + "|DROP `\u00c3\u00a9`|DROP é",
        SWE7 + "|DROP } `}`|DROP } å",
      })
  void whitespaceAndNamesDependOnTheCharacterSet(int collation, String bytes, String tokens) {
    assertThat(show(collation, bytes)).isEqualTo(tokens);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        SJIS + "|'\u0081_' x|\\ x",
        SJIS + "|'\u0095\\' x|表 x",
        GBK + "|'\u0081\\' x|乗 x",
        GBK + "|`\u0081`` x|乣 x",
      })
  void theSecondByteOfACharacterNeitherEscapesNorQuotes(int collation, String sql, String shown) {
    assertThat(show(collation, sql)).isEqualTo(shown);
  }

  @Test
  void aBackslashEscapesAByteAndNotACharacter() {
    assertThat(show(GBK, "'\\\u0081\\'' x")).isEqualTo("\uFFFD' x");
  }

  @Test
  void aLikePatternKeepsItsBackslash() {
    assertThat(show(UTF8MB4, "'a\\_b\\%c\\d\\n'")).isEqualTo("a\\_b\\%cd\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a --\u0001 b             | a",
        "a --b                    | a - - b",
        "a --                     | a",
        "a # b                    | a",
        "a /* b */ c              | a c",
        "a /* b /* c */ d         | a d",
        "a /*!50000 b */ c        | a b c",
        "a /*! b */ c             | a b c",
        "a /*!5 b */ c            | a 5 b c",
        "a /*!080033 b */ c       | a b c",
        "a /*!99999 b /* c */ d */ e | a e",
        "a /*!99999 b             | a",
        "a /*!50000 b /* c */ d */ e | a b d e",
        "a /*M! b */ c            | a c",
        "2*/*,*/3                 | 2 * 3",
        "a*/b                     | a * / b",
      })
  void commentsEndAsOnTheServer(String sql, String tokens) {
    assertThat(show(UTF8MB4, sql)).isEqualTo(tokens);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a /*M! b */ c       | a b c",
        "a /*M!100100 b */ c | a b c",
        "a /*M!50701 b */ c  | a b c",
        "a /*!50701 b */ c   | a c",
        "a /*!110400 b */ c  | a b c",
        "a /*M!120000 b */ c | a c",
      })
  void mariaDbHasItsOwnComments(String sql, String tokens) {
    assertThat(show(SqlLexer.tokens(sql, MemoryTables.MARIADB))).isEqualTo(tokens);
  }

  @Test
  void anOlderServerReadsOnlyFiveDigitsOfAVersion() {
    assertThat(show(SqlLexer.tokens("/*!050000 b */", MYSQL_5_7))).isEqualTo("0 b");
  }

  @Test
  void keywordsAreAscii() {
    Token kelvin = SqlLexer.tokens("\u212aEY", MemoryTables.MYSQL).get(0);

    assertThat(kelvin.isWord("KEY")).isFalse();
    assertThat(kelvin.keyword()).isEmpty();
    assertThat(SqlLexer.tokens("kEy", MemoryTables.MYSQL).get(0).isWord("KEY")).isTrue();
  }

  @Test
  void anUnclosedQuoteIsRefused() {
    assertThatExceptionOfType(DdlException.class)
        .isThrownBy(() -> SqlLexer.tokens("a 'b", MemoryTables.MYSQL))
        .withMessageContaining("closing '");
  }

  @Test
  void theVerbIsReadWithoutTheRest() {
    assertThat(verb("/* x */ insert INTO t VALUES ('")).isEqualTo("INSERT");
    assertThat(verb("SET STATEMENT a=1, b=SUBSTRING('x' FROM 1 FOR 1) FOR alter TABLE t"))
        .isEqualTo("ALTER");
    assertThat(verb("(SELECT 1)")).isEmpty();
    assertThat(verb("")).isEmpty();
  }

  private static String verb(String sql) {
    return new LoggedStatement("d", sql, "", MemoryTables.MARIADB).verb();
  }

  private static String show(int collation, String bytes) {
    ClientCharset charset = ClientCharset.of(collation);
    StatementText text = new StatementText(bytes.getBytes(ISO_8859_1), charset);
    return show(SqlLexer.tokens(text, MemoryTables.MYSQL));
  }

  private static String show(List<Token> tokens) {
    return tokens.stream().map(Token::text).collect(Collectors.joining(" "));
  }
}
