package io.binlogbroker.broker.config.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.binlogbroker.binlog.wire.connection.TlsMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MysqlConnTest {
  @Test
  void theShortestFormIsUserAndHost() {
    assertThat(MysqlConn.parse("root@tcp(db)"))
        .isEqualTo(new MysqlConn("root", "", "db", 3306, null));
  }

  @Test
  void aPasswordMayContainAnyDelimiter() {
    MysqlConn conn = MysqlConn.parse("rep:a@b:c/d@tcp(x)?e@tcp(10.0.0.5:3307)/");

    assertThat(conn.user()).isEqualTo("rep");
    assertThat(conn.password()).isEqualTo("a@b:c/d@tcp(x)?e");
    assertThat(conn.hosts()).containsExactly(new MysqlHost("10.0.0.5", 3307));
  }

  @Test
  void anIpv6AddressIsInBrackets() {
    assertThat(MysqlConn.parse("u:p@tcp([::1])").hosts()).containsExactly(host("::1"));
    assertThat(MysqlConn.parse("u:p@tcp([::1]:3307)")).hasToString("u:***@tcp([::1]:3307)");
  }

  @Test
  void severalServersAreListedInTheParentheses() {
    MysqlConn conn = MysqlConn.parse("u:p,q@tcp(one:3307, other ,[::1]:3308)/?tls=true");

    assertThat(conn.password()).isEqualTo("p,q");
    assertThat(conn.hosts())
        .containsExactly(new MysqlHost("one", 3307), host("other"), new MysqlHost("::1", 3308));
    assertThat(conn).hasToString("u:***@tcp(one:3307,other:3306,[::1]:3308)");
  }

  private static MysqlHost host(String name) {
    return new MysqlHost(name, 3306);
  }

  @ParameterizedTest
  @CsvSource({
    "true,VERIFY_IDENTITY",
    "false,DISABLED",
    "skip-verify,REQUIRED",
    "preferred,PREFERRED",
    "verify-ca,VERIFY_CA"
  })
  void theTlsModeAcceptsTheGoDriversValuesAndOurs(String word, TlsMode mode) {
    MysqlConn conn = MysqlConn.parse("u:p@tcp(h)/?charset=utf8mb4&tls=" + word + "&timeout=3s");

    assertThat(conn.tls()).isEqualTo(mode);
  }

  @Test
  void anUnknownParameterIsReported() {
    assertThatThrownBy(() -> MysqlConn.parse("u:p@tcp(h)/?charset=utf8&tsl=true"))
        .hasMessage("expected tls=... after tcp(host:port)/?, unknown parameter \"tsl\"");
  }

  @Test
  void aSchemaIsRefusedBecauseItWouldHaveNoEffect() {
    assertThatThrownBy(() -> MysqlConn.parse("u:p@tcp(h)/mall_db"))
        .hasMessageContaining("Sources selects the schemas");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "hunter2",
        "u:hunter2@unix(/tmp/mysql.sock)",
        "u:hunter2@tcp(h",
        ":hunter2@tcp(h)",
        "u:hunter2@tcp()",
        "u:hunter2@tcp(::1)",
        "u:hunter2@tcp(h:0)",
        "u:hunter2@tcp(h,)",
        "u:hunter2@tcp(h,h:3306)",
        "u:hunter2@tcp(h:65536)",
        "u:hunter2@tcp(h:mysql)",
        "u:hunter2@tcp(h)3306",
        "u:x@tcp(h)/?hunter2@tcp[h]",
        "u:hunter2@tcp(h)/?tls=perhaps",
        "u:hunter2@tcp(h)/?tls"
      })
  void malformedTextIsRefusedWithoutShowingThePassword(String text) {
    assertThatThrownBy(() -> MysqlConn.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .message()
        .startsWith("expected")
        .doesNotContain("hunter2");
  }
}
