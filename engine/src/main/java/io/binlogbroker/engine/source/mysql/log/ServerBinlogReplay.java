package io.binlogbroker.engine.source.mysql.log;

import io.binlogbroker.binlog.ReplicaClient;
import io.binlogbroker.binlog.ReplicaOptions;
import io.binlogbroker.binlog.event.EventFeed;
import io.binlogbroker.binlog.wire.Session;
import io.binlogbroker.binlog.wire.login.SessionOptions;
import io.binlogbroker.engine.model.BinlogPosition;
import io.binlogbroker.engine.source.mysql.server.ServerFacts;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the log over separate connections, as {@code mysqlbinlog} does. */
public final class ServerBinlogReplay implements BinlogReplay {
  private static final Logger log = LoggerFactory.getLogger(ServerBinlogReplay.class);

  private final SessionOptions session;
  private final ReplicaOptions options;
  private volatile @Nullable ReplicaClient last;
  private volatile boolean aborted;

  /**
   * @param replica options of the main dump
   */
  public ServerBinlogReplay(SessionOptions session, ReplicaOptions replica) {
    this.session = session;
    this.options = replica;
  }

  @Override
  public ReplicaClient from(BinlogPosition place) throws IOException {
    SecondReader opened = SecondReader.open(session, options.heartbeat());
    try {
      ReplicaClient client = opened.client(place, options);
      last = client;
      if (aborted) {
        abort(client);
      }
      return client;
    } catch (IOException | RuntimeException e) {
      opened.close();
      throw e;
    }
  }

  @Override
  public ReplicaClient of(EventFeed kept) {
    return ReplicaClient.ofFeed(kept, false, options);
  }

  @Override
  public List<String> files() throws IOException {
    try (Session opened = Session.open(session)) {
      return new ServerFacts(opened).files();
    }
  }

  @Override
  public void abort() {
    aborted = true;
    ReplicaClient client = last;
    if (client != null) {
      abort(client);
    }
  }

  private static void abort(ReplicaClient client) {
    try {
      client.abort();
    } catch (IOException e) {
      log.debug("The connection was already closed", e);
    }
  }
}
