package io.binlogbroker.binlog.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.binlogbroker.binlog.event.MysqlGtidSet;
import io.binlogbroker.binlog.wire.connection.ConnectionLostException;
import io.binlogbroker.testkit.MysqlServer;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Dumps by GTID, including one of a server that is killed. */
@Timeout(180)
class GtidDumpIT {
  @Test
  void mysqlStreamsTransactionsMissingInAGtidSet() throws Exception {
    MysqlServer maker =
        MysqlServer.mysql8033().with("gtid_mode", "ON").with("enforce_gtid_consistency", "ON");
    try (MysqlServer server = maker.start()) {
      server.createReplicationUser("rep_user", "rep_user");
      server.execute("CREATE DATABASE mall_db");
      try (Session session = Session.open(LiveServer.plain(server, DumpIT.USER))) {
        ReplicaSession replica = ReplicaSession.prepare(session, DumpIT.IDENTITY, DumpIT.HEARTBEAT);
        LiveStream stream = new LiveStream(replica.dumpGtid(new byte[8]));

        assertThat(stream.next()).isEqualTo(LiveStream.ROTATE);
        assertThat(stream.next()).isEqualTo(LiveStream.FORMAT);
        assertThat(stream.readToText("CREATE DATABASE mall_db")).isNotEmpty();
      }
    }
  }

  /** The command exceeds one packet and is sent in two. */
  @Test
  void aGtidSetLargerThanAPacketIsAccepted() throws Exception {
    MysqlServer maker =
        MysqlServer.mysql8033().with("gtid_mode", "ON").with("enforce_gtid_consistency", "ON");
    try (MysqlServer server = maker.start()) {
      server.createReplicationUser("rep_user", "rep_user");
      server.execute("CREATE DATABASE mall_db");
      byte[] executed = everySecondOf(1_100_000).encode();
      assertThat(executed).hasSizeGreaterThan(16 << 20);
      try (Session session = Session.open(LiveServer.plain(server, DumpIT.USER))) {
        ReplicaSession replica = ReplicaSession.prepare(session, DumpIT.IDENTITY, DumpIT.HEARTBEAT);
        LiveStream stream = new LiveStream(replica.dumpGtid(executed));

        assertThat(stream.readToText("CREATE DATABASE mall_db")).isNotEmpty();
      }
    }
  }

  private static MysqlGtidSet everySecondOf(long count) {
    MysqlGtidSet set = new MysqlGtidSet();
    for (long i = 1; i <= count; i++) {
      set.add(new UUID(1, 1), 2 * i);
    }
    return set;
  }

  @Test
  void mariadbStreamsAfterAGtidUntilItIsKilled() throws Exception {
    try (MysqlServer server = MysqlServer.mariadb114().start()) {
      server.createReplicationUser("rep_user", "rep_user");
      server.execute("CREATE DATABASE mall_db");
      String gtid = server.value("SELECT @@gtid_binlog_pos");
      server.execute("CREATE DATABASE social_db");
      try (Session session = Session.open(LiveServer.plain(server, DumpIT.USER))) {
        ReplicaSession replica = ReplicaSession.prepare(session, DumpIT.IDENTITY, DumpIT.HEARTBEAT);
        LiveStream stream = new LiveStream(replica.dumpMariaDbGtid(gtid));

        assertThat(stream.readToText("CREATE DATABASE social_db"))
            .doesNotContain("CREATE DATABASE mall_db");
        server.kill();
        assertThatThrownBy(stream::readToEnd).isInstanceOf(ConnectionLostException.class);
      }
    }
  }
}
