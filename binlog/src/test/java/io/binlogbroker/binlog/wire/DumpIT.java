package io.binlogbroker.binlog.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.binlogbroker.binlog.row.text.ClientCharset;
import io.binlogbroker.binlog.wire.connection.ServerErrorException;
import io.binlogbroker.binlog.wire.connection.TlsMode;
import io.binlogbroker.binlog.wire.connection.TlsOptions;
import io.binlogbroker.binlog.wire.login.Credentials;
import io.binlogbroker.testkit.MysqlServer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Dumps by file and position from each real server, and how servers parse the logged statements.
 */
@ParameterizedClass
@EnumSource(LiveServer.class)
@Timeout(180)
class DumpIT {
  static final Credentials USER = new Credentials("rep_user", "rep_user", true, null);
  static final ReplicaIdentity IDENTITY =
      new ReplicaIdentity(4242, UUID.fromString("11111111-2222-3333-4444-555555555555"), "here");
  // Bytes that may precede a number without being blanks.
  private static final String SIGNS = "+-!~";
  private static final String CLIENT_CHARSETS =
      "SELECT CHARACTER_SET_NAME AS charset, MIN(ID) AS id FROM information_schema.COLLATIONS"
          + " WHERE CHARACTER_SET_NAME IS NOT NULL AND ID < 2048 GROUP BY CHARACTER_SET_NAME";

  static final Duration HEARTBEAT = Duration.ofSeconds(1);

  private static MysqlServer server;

  DumpIT(LiveServer kind) {
    assertThat(server.version().name()).isEqualTo(kind.name());
  }

  @BeforeParameterizedClassInvocation
  static void start(LiveServer kind) {
    server = kind.make().with("max_allowed_packet", "134217728").start();
    server.createReplicationUser("rep_user", "rep_user");
  }

  @AfterParameterizedClassInvocation
  static void stop() {
    server.close();
  }

  @Test
  void allEventsArriveCompletelyAndTheStreamEnds() throws Exception {
    server.execute(
        "CREATE DATABASE mall_db",
        "CREATE TABLE mall_db.goods (id INT PRIMARY KEY, note LONGBLOB)",
        "INSERT INTO mall_db.goods VALUES (1, REPEAT('a', 40000000))",
        "DROP DATABASE mall_db");
    try (Session session = Session.open(LiveServer.plain(server, USER))) {
      String file = logs(session).get(0).text("Log_name");
      ReplicaSession replica = ReplicaSession.prepare(session, IDENTITY, HEARTBEAT);

      LiveStream stream = new LiveStream(replica.dumpToEnd(file, 4));

      assertThat(replica.checksummed()).isTrue();
      assertThat(stream.readToEnd()).isGreaterThan(40_000_000);
    }
  }

  @Test
  void idleStreamSendsHeartbeatsAndIsNotAvailable() throws Exception {
    TlsOptions tls = new TlsOptions(TlsMode.PREFERRED);
    try (Session session = Session.open(LiveServer.options(server, USER, tls))) {
      DumpStream dump = dumpOfLastFile(session, Duration.ofMillis(300));
      LiveStream stream = new LiveStream(dump);

      stream.readToType(LiveStream.HEARTBEAT);
      assertThat(dump.ready()).isFalse();
      server.execute("CREATE DATABASE social_db");
      stream.readToText("CREATE DATABASE social_db");
    }
  }

  @Test
  void registeredReplicaIsListed() throws Exception {
    try (Session session = Session.open(LiveServer.plain(server, USER))) {
      ReplicaSession.prepare(session, IDENTITY, HEARTBEAT).register();

      assertThat(server.query("SHOW SLAVE HOSTS"))
          .anyMatch(row -> "4242".equals(row.get("Server_id")) && "here".equals(row.get("Host")));
    }
  }

  @Test
  void secondReaderWithTheSameIdentityTerminatesTheFirst() throws Exception {
    try (Session first = Session.open(LiveServer.plain(server, USER));
        Session second = Session.open(LiveServer.plain(server, USER))) {
      LiveStream old = new LiveStream(dumpOfLastFile(first, HEARTBEAT));
      old.next();
      LiveStream young = new LiveStream(dumpOfLastFile(second, HEARTBEAT));
      young.next();

      assertThatThrownBy(old::readToEnd)
          .isInstanceOf(ServerErrorException.class)
          .hasMessageContaining("same server_uuid/server_id");
    }
  }

  @Test
  void missingFileIsAServerError() throws Exception {
    try (Session session = Session.open(LiveServer.plain(server, USER))) {
      ReplicaSession replica = ReplicaSession.prepare(session, IDENTITY, HEARTBEAT);
      LiveStream stream = new LiveStream(replica.dump("binlog.999999", 4));

      assertThatThrownBy(stream::readToEnd)
          .isInstanceOfSatisfying(
              ServerErrorException.class, e -> assertThat(e.code()).isEqualTo(1236))
          .hasMessageContaining("Could not find first log file name");
    }
  }

  @Test
  void theLexerReadsBytesLikeTheServer() throws Exception {
    List<String> differences = new ArrayList<>();
    int charsets = 0;
    try (RawStatements statements = RawStatements.open(server)) {
      for (Map<String, @Nullable String> row : server.query(CLIENT_CHARSETS)) {
        if (statements.accepts("SET NAMES " + row.get("charset"))) {
          int collation = Integer.parseInt(Objects.requireNonNull(row.get("id")));
          differences.addAll(differences(statements, ClientCharset.of(collation)));
          charsets++;
        }
      }
    }

    assertThat(charsets).isGreaterThan(30);
    assertThat(differences).isEmpty();
  }

  private static List<String> differences(RawStatements server, ClientCharset charset)
      throws IOException {
    List<String> differences = new ArrayList<>();
    for (int b = 1; b < 256; b++) {
      char c = (char) b;
      if (c == '@') {
        continue; // begins a variable wherever the questions below put it
      }
      boolean blank = SIGNS.indexOf(c) < 0 && server.accepts("DO" + c + "1");
      // The comment would end with the newline itself, and the name count.
      boolean behindDashes = c == '\n' || server.accepts("DO 1 --" + c + "no_column\n");
      boolean word = c != '#' && server.accepts("DO (SELECT 1 AS a" + c + "b)");
      if (blank != charset.isBlank((byte) b)
          || behindDashes != charset.isBlankOrControl((byte) b)
          || (word && !charset.isWordPart((byte) b))) {
        differences.add("%s %02x".formatted(charset, b));
      }
    }
    return differences;
  }

  static DumpStream dumpOfLastFile(Session session, Duration heartbeat) throws IOException {
    List<Row> logs = logs(session);
    String file = logs.get(logs.size() - 1).text("Log_name");
    return ReplicaSession.prepare(session, IDENTITY, heartbeat).dump(file, 4);
  }

  private static List<Row> logs(Session session) throws IOException {
    return session.query("SHOW BINARY LOGS").rows();
  }
}
