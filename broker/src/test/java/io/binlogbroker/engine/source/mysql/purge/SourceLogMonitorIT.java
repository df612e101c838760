package io.binlogbroker.engine.source.mysql.purge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.binlogbroker.binlog.wire.Session;
import io.binlogbroker.binlog.wire.connection.ServerAddress;
import io.binlogbroker.binlog.wire.connection.TlsMode;
import io.binlogbroker.binlog.wire.connection.TlsOptions;
import io.binlogbroker.binlog.wire.login.Credentials;
import io.binlogbroker.binlog.wire.login.SessionOptions;
import io.binlogbroker.broker.fixture.LiveServers;
import io.binlogbroker.engine.model.BinlogPosition;
import io.binlogbroker.engine.source.mysql.server.OpenedServer;
import io.binlogbroker.engine.source.mysql.server.ServerFacts;
import io.binlogbroker.engine.source.mysql.server.SourceFacts;
import io.binlogbroker.testkit.MysqlServer;
import io.binlogbroker.testkit.MysqlVersion;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@ExtendWith(LiveServers.Provider.class)
@Timeout(180)
class SourceLogMonitorIT {
  private static final double TOLERANCE = 30;

  private static LiveServers servers;

  @BeforeAll
  static void use(LiveServers shared) {
    servers = shared;
  }

  @ParameterizedTest
  @EnumSource(names = {"MYSQL_5_7_22", "MYSQL_8_0_33", "MARIADB_11_4"})
  void aFileIsPurgedACertainTimeAfterItWasClosed(MysqlVersion version) throws IOException {
    MysqlServer server = servers.mysql(version);
    String setting =
        version == MysqlVersion.MYSQL_5_7_22 ? "expire_logs_days" : "binlog_expire_logs_seconds";
    long value = version == MysqlVersion.MYSQL_5_7_22 ? 2 : 7200;
    double seconds = version == MysqlVersion.MYSQL_5_7_22 ? 2 * 86_400 : 7200;
    String before = server.value("SELECT @@global." + setting);
    server.execute("SET GLOBAL " + setting + " = " + value);
    try {
      server.execute("FLUSH BINARY LOGS");
      SourceLogMonitor monitor = new SourceLogMonitor(opened(server));
      BinlogPosition current = end(server);

      PurgeForecast ofCurrent = monitor.observe(current).purge();
      server.execute("FLUSH BINARY LOGS");
      SourceLogState observed = monitor.observe(current);
      PurgeForecast read = new SourceLogMonitor(opened(server)).observe(current).purge();

      assertThat(ofCurrent.seconds()).isEqualTo(seconds);
      assertThat(ofCurrent.setting()).startsWith(setting + " = " + value);
      assertThat(observed.purge().seconds()).isCloseTo(seconds, within(TOLERANCE));
      assertThat(observed.bytesBehind()).isPositive();
      assertThat(read.seconds()).isCloseTo(seconds, within(TOLERANCE));
    } finally {
      server.execute("SET GLOBAL " + setting + " = " + before);
    }
  }

  /** The timestamp of the next file's first event is what tells an old file from a new one. */
  @ParameterizedTest
  @EnumSource(names = {"MYSQL_8_0_33", "MARIADB_11_4"})
  void aFileThatWasClosedBeforeTheExpiryTimeMayBePurgedNow(MysqlVersion version) throws Exception {
    MysqlServer server = servers.mysql(version);
    String before = server.value("SELECT @@global.binlog_expire_logs_seconds");
    BinlogPosition old = end(server);
    server.execute("FLUSH BINARY LOGS");
    try {
      server.execute("SET GLOBAL binlog_expire_logs_seconds = 1");
      SourceLogMonitor monitor = new SourceLogMonitor(opened(server));

      PurgeForecast forecast = monitor.observe(old).purge();
      while (forecast.seconds() > 0) {
        forecast = monitor.observe(old).purge();
      }

      assertThat(forecast.setting()).startsWith("binlog_expire_logs_seconds = 1");
    } finally {
      server.execute("SET GLOBAL binlog_expire_logs_seconds = " + before);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"MYSQL_8_0_33", "MARIADB_11_4"})
  void nothingIsPurgedWithoutASetting(MysqlVersion version) throws IOException {
    MysqlServer server = servers.mysql(version);
    String before = server.value("SELECT @@global.binlog_expire_logs_seconds");
    try {
      server.execute("SET GLOBAL binlog_expire_logs_seconds = 0");

      PurgeForecast forecast = new SourceLogMonitor(opened(server)).observe(end(server)).purge();

      assertThat(forecast.seconds()).isNaN();
      assertThat(forecast.setting()).isNull();
    } finally {
      server.execute("SET GLOBAL binlog_expire_logs_seconds = " + before);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"MYSQL_8_0_33", "MARIADB_11_4"})
  void aPositionWhoseFileIsGoneIsPurged(MysqlVersion version) throws IOException {
    MysqlServer server = servers.mysql(version);

    SourceLogState state =
        new SourceLogMonitor(opened(server)).observe(new BinlogPosition("binlog.999999", 4));

    assertThat(state.purge().seconds()).isZero();
    assertThat(state.bytesBehind()).isNaN();
  }

  @Test
  void aLimitOfTheTotalSizeIsReachedAtTheRateOfTheLog() throws Exception {
    MysqlServer server = servers.mysql(MysqlVersion.MARIADB_11_4);
    String before = server.value("SELECT @@global.max_binlog_total_size");
    server.execute(
        "CREATE DATABASE IF NOT EXISTS purge_size",
        "CREATE TABLE IF NOT EXISTS purge_size.t (c LONGTEXT)");
    try {
      server.execute("SET GLOBAL max_binlog_total_size = 1000000000000");
      SourceLogMonitor monitor = new SourceLogMonitor(opened(server));
      BinlogPosition position = end(server);
      PurgeForecast first = monitor.observe(position).purge();
      PurgeForecast later = first;
      while (Double.isNaN(later.seconds())) {
        server.execute("INSERT INTO purge_size.t VALUES (REPEAT('x', 100000))");
        later = monitor.observe(position).purge();
      }

      assertThat(first.setting()).isEqualTo("max_binlog_total_size = 1000000000000");
      assertThat(later.seconds()).isBetween(100.0, 1e8);
    } finally {
      server.execute("SET GLOBAL max_binlog_total_size = " + before, "DROP DATABASE purge_size");
    }
  }

  private static BinlogPosition end(MysqlServer server) throws IOException {
    try (Session session = Session.open(options(server))) {
      return new ServerFacts(session).end().place();
    }
  }

  private static OpenedServer opened(MysqlServer server) throws IOException {
    try (Session session = Session.open(options(server))) {
      ServerFacts facts = new ServerFacts(session);
      return new OpenedServer(
          options(server), facts.identity().uuid(), SourceFacts.of(facts, Instant.EPOCH));
    }
  }

  private static SessionOptions options(MysqlServer server) {
    Duration timeout = Duration.ofSeconds(20);
    return new SessionOptions(
        new ServerAddress("127.0.0.1", server.port(), timeout, timeout),
        new Credentials(LiveServers.USER, LiveServers.PASSWORD, true, null),
        new TlsOptions(TlsMode.DISABLED));
  }
}
