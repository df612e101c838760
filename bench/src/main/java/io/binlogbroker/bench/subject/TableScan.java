package io.binlogbroker.bench.subject;

import io.binlogbroker.binlog.wire.BinaryResult;
import io.binlogbroker.binlog.wire.Session;
import io.binlogbroker.binlog.wire.login.Credentials;
import io.binlogbroker.binlog.wire.connection.ServerAddress;
import io.binlogbroker.binlog.wire.login.SessionOptions;
import io.binlogbroker.binlog.wire.connection.TlsMode;
import io.binlogbroker.binlog.wire.connection.TlsOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;

/**
 * Reads all rows of a load's table on two threads, as the workers of a snapshot do, and discards
 * them.
 *
 * @param table {@code schema.table} with rows whose column {@code id} counts from 1
 */
record TableScan(int port, String table, long rows) {
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  /** Starts the threads. */
  void start() {
    long middle = rows / 2;
    for (String half : List.of("id <= " + middle, "id > " + middle)) {
      Thread thread = new Thread(() -> read(half), "scan " + half);
      thread.setDaemon(true);
      thread.start();
    }
  }

  private void read(String condition) {
    try (Session session = Session.open(options());
        BinaryResult result =
            session.select("SELECT * FROM " + table + " WHERE " + condition + " ORDER BY id")) {
      while (result.next()) {
        continue;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private SessionOptions options() {
    return new SessionOptions(
        new ServerAddress("127.0.0.1", port, TIMEOUT, TIMEOUT),
        new Credentials(Servers.USER, Servers.PASSWORD, true, null),
        new TlsOptions(TlsMode.DISABLED));
  }
}
