package io.binlogbroker.cli.fuzz;

import io.binlogbroker.binlog.wire.RawStatements;
import io.binlogbroker.binlog.wire.connection.ServerErrorException;
import io.binlogbroker.testkit.MysqlServer;
import java.io.IOException;
import java.io.UncheckedIOException;

/** A session with client character sets other than UTF-8. One thread. */
final class ForeignSession implements AutoCloseable {
  private final RawStatements session;
  private final ForeignText text;

  ForeignSession(MysqlServer server, Dice dice) {
    this.text = new ForeignText(dice);
    try {
      this.session = RawStatements.open(server).execute("SET SESSION sql_mode = ''");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Executes it in a character set that has its letters; returns whether the server accepted it.
   */
  boolean accepts(String sql) {
    ForeignText.Spelled spelled = text.spell(sql);
    try {
      session.execute(spelled.naming(), spelled.bytes());
      return true;
    } catch (ServerErrorException e) {
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException("The server did not survive " + spelled, e);
    }
  }

  @Override
  public void close() throws IOException {
    session.close();
  }
}
