package io.binlogbroker.broker.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import io.binlogbroker.binlog.wire.Credentials;
import io.binlogbroker.binlog.wire.ServerAddress;
import io.binlogbroker.binlog.wire.Session;
import io.binlogbroker.binlog.wire.SessionOptions;
import io.binlogbroker.binlog.wire.TlsMode;
import io.binlogbroker.binlog.wire.TlsOptions;
import io.binlogbroker.broker.relay.Restart;
import io.binlogbroker.testkit.MysqlServer;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ServerFactsIT {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @Test
  void aPlaceOfMariaDbIsKnownByTheGtidsBeforeIt() throws IOException {
    try (MysqlServer server = MysqlServer.mariadb114().start()) {
      server.createReplicationUser("rep", "secret");
      try (Session session = Session.open(options(server))) {
        ServerFacts facts = new ServerFacts(session);
        Restart end = facts.end();
        String set = String.valueOf(end.gtidSet());

        assertThat(facts.standsBehind(set, end.file(), end.offset())).isTrue();
        assertThat(facts.standsBehind("0-1-7777", end.file(), end.offset())).isFalse();
        assertThat(facts.standsBehind("0-1-7777", "gone.000001", 4)).isTrue();

        server.execute("FLUSH BINARY LOGS");
        assertThat(facts.standsBehind(set, facts.end().file(), 4)).isTrue();
      }
    }
  }

  private static SessionOptions options(MysqlServer server) {
    return new SessionOptions(
        new ServerAddress("127.0.0.1", server.port(), PATIENCE, PATIENCE),
        new Credentials("rep", "secret"),
        new TlsOptions(TlsMode.DISABLED));
  }
}
