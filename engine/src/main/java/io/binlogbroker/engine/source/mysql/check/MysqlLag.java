package io.binlogbroker.engine.source.mysql.check;

import io.binlogbroker.binlog.wire.Session;
import io.binlogbroker.engine.model.BinlogPosition;
import io.binlogbroker.engine.source.mysql.server.ServerFacts;
import io.binlogbroker.engine.source.mysql.server.SourceOptions;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Asks the first reachable server how many bytes of log follow a position. One thread. */
public final class MysqlLag {
  private final SourceOptions source;

  public MysqlLag(SourceOptions source) {
    this.source = source;
  }

  /**
   * The bytes of log after a position, queried over a separate connection.
   *
   * @return bytes; null where the server does not have the position's file
   */
  public @Nullable Long bytesBehind(BinlogPosition position) throws IOException {
    try (Session session = source.connect()) {
      return new ServerFacts(session).bytesBehind(position);
    }
  }
}
