package io.binlogbroker.binlog.wire;

import io.binlogbroker.binlog.wire.connection.PayloadWriter;
import io.binlogbroker.binlog.wire.connection.ServerErrorException;
import io.binlogbroker.binlog.wire.login.Credentials;
import io.binlogbroker.testkit.MysqlServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * A session of {@code root} that sends statements as raw bytes, whereas drivers send UTF-8. Tests
 * of other modules use it, too. One thread.
 */
public final class RawStatements implements AutoCloseable {
  private static final int COMMAND = 0x03;
  private static final int OK = 0x00;

  private final Session session;

  private RawStatements(Session session) {
    this.session = session;
  }

  public static RawStatements open(MysqlServer server) throws IOException {
    return new RawStatements(
        Session.open(LiveServer.plain(server, new Credentials("root", "", true, null))));
  }

  /**
   * Runs statements without rows.
   *
   * @param statements each character is one byte
   * @throws ServerErrorException if the server rejects a statement
   */
  public RawStatements execute(String... statements) throws IOException {
    for (String sql : statements) {
      session.commandForOk(command(sql), "the reply to a statement");
    }
    return this;
  }

  /** Runs a statement and returns whether the server accepts it. */
  boolean accepts(String sql) throws IOException {
    try {
      execute(sql);
      return true;
    } catch (ServerErrorException e) {
      return false;
    }
  }

  private static byte[] command(String sql) {
    byte[] text = sql.getBytes(StandardCharsets.ISO_8859_1);
    return new PayloadWriter().u8(COMMAND).bytes(text).toByteArray();
  }

  @Override
  public void close() throws IOException {
    session.close();
  }
}
