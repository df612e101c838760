package io.binlogbroker.binlog.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.binlogbroker.binlog.bytes.ByteReader;
import io.binlogbroker.testkit.MysqlServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Dumps of real servers: what a stream of events needs from the wire. */
@Timeout(180)
class DumpIT {
  private static final Credentials USER = new Credentials("rep_user", "rep_user", true, null);
  private static final ReplicaIdentity IDENTITY =
      new ReplicaIdentity(4242, UUID.fromString("11111111-2222-3333-4444-555555555555"), "here");
  private static final Duration HEARTBEAT = Duration.ofSeconds(1);

  private static final int ROTATE = 4;
  private static final int FORMAT = 15;
  private static final int HEARTBEAT_EVENT = 27;

  @ParameterizedTest
  @EnumSource(LiveServer.class)
  void allEventsOfTheLogsArriveWholeAndTheStreamEnds(LiveServer kind) throws Exception {
    try (MysqlServer server = kind.make().with("max_allowed_packet", "134217728").start()) {
      server.createReplicationUser("rep_user", "rep_user");
      server.execute(
          "CREATE DATABASE mall_db",
          "CREATE TABLE mall_db.goods (id INT PRIMARY KEY, note LONGBLOB)",
          "INSERT INTO mall_db.goods VALUES (1, REPEAT('a', 40000000))",
          "INSERT INTO mall_db.goods VALUES (2, 'b')");
      try (Session session = Session.open(LiveServer.plain(server, USER))) {
        String file = session.query("SHOW BINARY LOGS").rows().get(0).text(0);
        ReplicaSession replica = ReplicaSession.prepare(session, IDENTITY, HEARTBEAT);
        assertThat(replica.checksummed()).isTrue();

        List<Integer> lengths = checkedEvents(replica.dumpToEnd(file, 4));

        assertThat(lengths).anyMatch(length -> length > 40_000_000).hasSizeGreaterThan(8);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(LiveServer.class)
  void anIdleStreamBeatsAndSaysThatItIsIdle(LiveServer kind) throws Exception {
    try (MysqlServer server = kind.start()) {
      server.createReplicationUser("rep_user", "rep_user");
      TlsOptions tls = new TlsOptions(TlsMode.PREFERRED);
      try (Session session = Session.open(LiveServer.options(server, USER, tls))) {
        String file = lastFile(session);
        ReplicaSession replica = ReplicaSession.prepare(session, IDENTITY, Duration.ofMillis(300));
        replica.register();
        DumpStream stream = replica.dump(file, 4);
        ByteReader event = new ByteReader();
        while (type(next(stream, event)) != HEARTBEAT_EVENT) {
          assertThat(event.remaining()).isPositive();
        }
        assertThat(stream.hasBuffered()).isFalse();
        assertThat(stream.isAvailable()).isFalse();

        server.execute("CREATE DATABASE mall_db");

        String text = "";
        while (!text.contains("CREATE DATABASE mall_db")) {
          next(stream, event);
          text = event.string(event.remaining(), StandardCharsets.ISO_8859_1);
        }
        assertThat(server.query("SHOW SLAVE HOSTS"))
            .anyMatch(row -> "4242".equals(row.get("Server_id")));
      }
    }
  }

  @Test
  void mysqlStreamsWhatAGtidSetLacks() throws Exception {
    try (MysqlServer server =
        LiveServer.MYSQL_8_0_33
            .make()
            .with("gtid_mode", "ON")
            .with("enforce_gtid_consistency", "ON")
            .start()) {
      server.createReplicationUser("rep_user", "rep_user");
      server.execute("CREATE DATABASE mall_db");
      try (Session session = Session.open(LiveServer.plain(server, USER))) {
        DumpStream stream =
            ReplicaSession.prepare(session, IDENTITY, HEARTBEAT).dumpGtid(new byte[8]);
        ByteReader event = new ByteReader();

        assertThat(type(next(stream, event))).isEqualTo(ROTATE);
        assertThat(type(next(stream, event))).isEqualTo(FORMAT);
      }
    }
  }

  @Test
  void mariaDbStreamsWhatFollowsAGtid() throws Exception {
    try (MysqlServer server = LiveServer.MARIADB_11_4.start()) {
      server.createReplicationUser("rep_user", "rep_user");
      server.execute("CREATE DATABASE mall_db");
      String gtid = server.value("SELECT @@gtid_binlog_pos");
      server.execute("CREATE DATABASE social_db");
      try (Session session = Session.open(LiveServer.plain(server, USER))) {
        DumpStream stream =
            ReplicaSession.prepare(session, IDENTITY, HEARTBEAT).dumpMariaDbGtid(gtid);
        ByteReader event = new ByteReader();

        StringBuilder seen = new StringBuilder();
        while (seen.indexOf("CREATE DATABASE social_db") < 0) {
          next(stream, event);
          seen.append(event.string(event.remaining(), StandardCharsets.ISO_8859_1));
        }
        assertThat(seen).doesNotContain("CREATE DATABASE mall_db");
      }
    }
  }

  @ParameterizedTest
  @EnumSource(LiveServer.class)
  void aSecondReaderOfTheSameIdentityThrowsOutTheFirst(LiveServer kind) throws Exception {
    try (MysqlServer server = kind.start()) {
      server.createReplicationUser("rep_user", "rep_user");
      try (Session first = Session.open(LiveServer.plain(server, USER));
          Session second = Session.open(LiveServer.plain(server, USER))) {
        String file = lastFile(first);
        DumpStream old = ReplicaSession.prepare(first, IDENTITY, HEARTBEAT).dump(file, 4);
        next(old, new ByteReader());
        DumpStream young = ReplicaSession.prepare(second, IDENTITY, HEARTBEAT).dump(file, 4);
        next(young, new ByteReader());

        assertThatThrownBy(() -> drain(old))
            .isInstanceOf(IOException.class)
            .hasMessageMatching("(?s).*(same server_uuid/server_id|ended the stream).*");
      }
    }
  }

  @ParameterizedTest
  @EnumSource(LiveServer.class)
  void aFileThatIsNotThereIsTheServersError(LiveServer kind) throws Exception {
    try (MysqlServer server = kind.start()) {
      server.createReplicationUser("rep_user", "rep_user");
      try (Session session = Session.open(LiveServer.plain(server, USER))) {
        DumpStream stream =
            ReplicaSession.prepare(session, IDENTITY, HEARTBEAT).dump("binlog.999999", 4);

        assertThatThrownBy(() -> drain(stream))
            .isInstanceOfSatisfying(
                ServerErrorException.class, e -> assertThat(e.code()).isEqualTo(1236))
            .hasMessageContaining("Could not find first log file name");
      }
    }
  }

  @Test
  void aServerThatIsKilledIsAConnectionLost() throws Exception {
    try (MysqlServer server = LiveServer.MARIADB_11_4.start()) {
      server.createReplicationUser("rep_user", "rep_user");
      try (Session session = Session.open(LiveServer.plain(server, USER))) {
        String file = lastFile(session);
        DumpStream stream = ReplicaSession.prepare(session, IDENTITY, HEARTBEAT).dump(file, 4);
        next(stream, new ByteReader());
        server.kill();

        assertThatThrownBy(() -> drain(stream)).isInstanceOf(ConnectionLostException.class);
      }
    }
  }

  /** Reads all events, checks the checksum and the length of each, and returns their lengths. */
  private static List<Integer> checkedEvents(DumpStream stream) throws IOException {
    List<Integer> lengths = new ArrayList<>();
    ByteReader event = new ByteReader();
    while (stream.next(event)) {
      int length = event.remaining();
      CRC32 crc = new CRC32();
      crc.update(event.array(), event.position(), length - 4);
      assertThat(type(event)).isLessThan(200);
      ByteReader parts = new ByteReader(event.array(), event.position(), length);
      parts.skip(9);
      assertThat(parts.u32()).isEqualTo(length);
      parts.skip(length - 13 - 4);
      assertThat(parts.u32()).isEqualTo(crc.getValue());
      lengths.add(length);
    }
    return lengths;
  }

  private static void drain(DumpStream stream) throws IOException {
    ByteReader event = new ByteReader();
    while (stream.next(event)) {
      assertThat(event.remaining()).isPositive();
    }
  }

  private static ByteReader next(DumpStream stream, ByteReader event) throws IOException {
    assertThat(stream.next(event)).isTrue();
    return event;
  }

  private static int type(ByteReader event) {
    return event.array()[event.position() + 4] & 0xFF;
  }

  private static String lastFile(Session session) throws IOException {
    List<Row> logs = session.query("SHOW BINARY LOGS").rows();
    return logs.get(logs.size() - 1).text(0);
  }
}
