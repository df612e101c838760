package io.binlogbroker.engine.source.mysql.log;

import io.binlogbroker.binlog.wire.Session;
import io.binlogbroker.binlog.wire.connection.ServerAddress;
import io.binlogbroker.binlog.wire.login.SessionOptions;
import io.binlogbroker.engine.model.BinlogPosition;
import io.binlogbroker.engine.model.DeliveryException;
import io.binlogbroker.engine.model.Position;
import io.binlogbroker.engine.model.Restart;
import io.binlogbroker.engine.source.mysql.server.ServerFacts;
import io.binlogbroker.engine.source.mysql.server.ServerIdentity;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Queries a server for the state of its log, over a connection that is opened on first use. */
public final class ServerLog implements LiveLog {
  private static final Logger log = LoggerFactory.getLogger(ServerLog.class);

  /** The stream is not read during a query, so this limit is short. */
  private static final Duration TIMEOUT = Duration.ofSeconds(2);

  private final SessionOptions options;
  private final ServerIdentity identity;
  private final LogProbe files;
  private volatile @Nullable Session session;
  private volatile boolean aborted;

  /**
   * @param identity of the server that the stream reads
   */
  public ServerLog(SessionOptions server, ServerIdentity identity) {
    this.identity = identity;
    this.options = withTimeouts(server);
    this.files = new LogProbe(options);
  }

  private static SessionOptions withTimeouts(SessionOptions server) {
    ServerAddress address = server.address();
    return new SessionOptions(
        new ServerAddress(address.host(), address.port(), TIMEOUT, TIMEOUT),
        server.credentials(),
        server.tls(),
        server.maxPacketBytes(),
        server.programName());
  }

  @Override
  public @Nullable BinlogPosition end() throws IOException {
    return asked(ServerFacts::endPlace);
  }

  @Override
  public @Nullable DeliveryException lossOf(Restart read) throws IOException {
    return asked(facts -> loss(() -> read(facts, read).requireLog()));
  }

  @Override
  public @Nullable DeliveryException replacementOf(Restart fileEnd) throws IOException {
    return asked(facts -> loss(() -> read(facts, fileEnd).requireSameFiles()));
  }

  private PositionOnServer read(ServerFacts facts, Restart read) throws IOException {
    return new PositionOnServer(facts, files, Position.at(read, ""), false);
  }

  private interface Check {
    void run() throws IOException;
  }

  private static @Nullable DeliveryException loss(Check check) throws IOException {
    try {
      check.run();
      return null;
    } catch (DeliveryException e) {
      return e;
    }
  }

  private interface Question<T> {
    @Nullable T ask(ServerFacts facts) throws IOException;
  }

  /** After a failure the next query opens a new connection. */
  private <T> @Nullable T asked(Question<T> question) throws IOException {
    try {
      return question.ask(new ServerFacts(session()));
    } catch (IOException e) {
      close();
      throw e;
    }
  }

  private Session session() throws IOException {
    Session open = session;
    if (open == null) {
      open = Session.open(options);
      session = open;
      new ServerFacts(open).requireServer(identity.uuid());
    }
    if (aborted) {
      open.abort();
    }
    return open;
  }

  @Override
  public void abort() {
    aborted = true;
    Session open = session;
    if (open == null) {
      return;
    }
    try {
      open.abort();
    } catch (IOException e) {
      log.debug("The connection was already closed", e);
    }
  }

  @Override
  public void close() {
    Session open = session;
    session = null;
    if (open == null) {
      return;
    }
    try {
      open.close();
    } catch (IOException e) {
      log.debug("The connection was already closed", e);
    }
  }
}
