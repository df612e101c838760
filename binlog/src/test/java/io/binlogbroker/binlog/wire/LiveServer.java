package io.binlogbroker.binlog.wire;

import io.binlogbroker.binlog.wire.connection.ServerAddress;
import io.binlogbroker.binlog.wire.connection.TlsMode;
import io.binlogbroker.binlog.wire.connection.TlsOptions;
import io.binlogbroker.binlog.wire.login.Credentials;
import io.binlogbroker.binlog.wire.login.SessionOptions;
import io.binlogbroker.testkit.MysqlServer;
import java.util.function.Supplier;

/** The real servers of the live tests, and options for sessions with them. */
public enum LiveServer {
  MYSQL_8_0_33(MysqlServer::mysql8033),
  MYSQL_8_0_12(MysqlServer::mysql8012),
  MARIADB_11_4(MysqlServer::mariadb114);

  private final Supplier<MysqlServer> maker;

  LiveServer(Supplier<MysqlServer> maker) {
    this.maker = maker;
  }

  MysqlServer make() {
    return maker.get();
  }

  public MysqlServer start() {
    return make().start();
  }

  public static SessionOptions plain(MysqlServer server, Credentials credentials) {
    return options(server, credentials, new TlsOptions(TlsMode.DISABLED));
  }

  public static SessionOptions options(
      MysqlServer server, Credentials credentials, TlsOptions tls) {
    return new SessionOptions(new ServerAddress("127.0.0.1", server.port()), credentials, tls);
  }
}
