package io.binlogbroker.binlog.wire;

import io.binlogbroker.binlog.bytes.MalformedBytesException;
import io.binlogbroker.binlog.event.ServerVersion;
import io.binlogbroker.binlog.wire.connection.ConnectionLostException;
import io.binlogbroker.binlog.wire.connection.Dialer;
import io.binlogbroker.binlog.wire.connection.PacketChannel;
import io.binlogbroker.binlog.wire.connection.PacketReader;
import io.binlogbroker.binlog.wire.connection.ProtocolViolationException;
import io.binlogbroker.binlog.wire.connection.ServerAddress;
import io.binlogbroker.binlog.wire.connection.ServerErrorException;
import io.binlogbroker.binlog.wire.connection.TlsFailedException;
import io.binlogbroker.binlog.wire.connection.TlsInfo;
import io.binlogbroker.binlog.wire.connection.TlsUpgrade;
import io.binlogbroker.binlog.wire.login.Capabilities;
import io.binlogbroker.binlog.wire.login.Greeting;
import io.binlogbroker.binlog.wire.login.Login;
import io.binlogbroker.binlog.wire.login.LoginDeadline;
import io.binlogbroker.binlog.wire.login.SessionOptions;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;

/**
 * A logged-in connection to a MySQL or MariaDB server, for text statements and, after them, for one
 * binlog stream. Confined to one thread, except {@link #abort}. After any exception other than a
 * {@link ServerErrorException} it must be closed.
 */
public final class Session implements AutoCloseable {
  private static final byte[] PING = {0x0E};

  /** A slow server delays one step of a login, not all of them. */
  private static final int LOGIN_STEPS = 3;

  private final PacketChannel channel;
  private final Greeting greeting;
  private boolean streaming;
  private boolean broken;

  private Session(PacketChannel channel, Greeting greeting) {
    this.channel = channel;
    this.greeting = greeting;
  }

  /**
   * Connects and logs in: each step within the connect timeout, the whole login within three of
   * them.
   */
  public static Session open(SessionOptions options) throws IOException {
    return open(options, options.address().connectTimeout().multipliedBy(LOGIN_STEPS));
  }

  static Session open(SessionOptions options, Duration loginLimit) throws IOException {
    Socket socket = new Dialer(options.address()).dial();
    try (LoginDeadline deadline = LoginDeadline.start(socket, options.address(), loginLimit)) {
      return logIn(socket, options, deadline);
    } catch (IOException | RuntimeException e) {
      socket.close();
      throw e;
    }
  }

  private static Session logIn(Socket socket, SessionOptions options, LoginDeadline deadline)
      throws IOException {
    try {
      PacketChannel channel =
          new PacketChannel(socket, options.address(), options.maxPacketBytes());
      Session session = logIn(channel, options);
      deadline.requireMet(null);
      return session;
    } catch (IOException e) {
      deadline.requireMet(e);
      throw e;
    }
  }

  private static Session logIn(PacketChannel channel, SessionOptions options) throws IOException {
    try {
      Greeting greeting = new Login(channel, options).run();
      channel.loggedIn();
      channel.setReadTimeout(options.address().readTimeout(), "");
      return new Session(channel, greeting);
    } catch (MalformedBytesException e) {
      throw malformed(channel, e);
    } catch (ConnectionLostException e) {
      throw e.getCause() instanceof SSLException cause && !TlsUpgrade.isDisconnect(cause)
          ? refusedCertificate(options, e)
          : e;
    }
  }

  /**
   * With TLS 1.3 a server verifies the client certificate after the client's handshake has ended.
   */
  private static TlsFailedException refusedCertificate(
      SessionOptions options, ConnectionLostException cause) {
    return new TlsFailedException(
        "TLS with %s failed during the login (%s); check that the server trusts the client certificate"
            .formatted(options.address(), cause.getMessage()),
        cause);
  }

  /** Runs a statement that returns rows. */
  public QueryResult query(String sql) throws IOException {
    return exchange(() -> new TextQuery(channel).rows(sql));
  }

  /** Runs a statement that returns no rows. */
  public OkResult execute(String sql) throws IOException {
    return exchange(() -> new TextQuery(channel).run(sql));
  }

  /**
   * Runs a query whose rows are read one by one. No other call may follow before the result is
   * closed.
   */
  public BinaryResult select(String sql) throws IOException {
    BinaryResult result = exchange(() -> BinaryResult.open(channel, sql, () -> broken = false));
    broken = true; // until all rows are read
    return result;
  }

  /** Verifies that the server still responds. */
  public void ping() throws IOException {
    commandForOk(PING, "the reply to a ping");
  }

  /** The version in the greeting; a proxy may report another one. */
  public ServerVersion serverVersion() {
    return greeting.version();
  }

  public boolean isMariaDb() {
    return greeting.version().mariaDb() || !greeting.offers(Capabilities.LONG_PASSWORD);
  }

  /** The server's id of this connection, as used by {@code KILL}. */
  public long connectionId() {
    return greeting.connectionId();
  }

  public ServerAddress address() {
    return channel.address();
  }

  /** TLS version and cipher; empty if the connection is not encrypted. */
  public Optional<TlsInfo> tls() {
    SSLSocket secured = channel.secured();
    if (secured == null) {
      return Optional.empty();
    }
    SSLSession session = secured.getSession();
    return Optional.of(new TlsInfo(session.getProtocol(), session.getCipherSuite()));
  }

  /** Closes the connection, from any thread: a pending call fails immediately. */
  public void abort() throws IOException {
    channel.abort();
  }

  /** Sends COM_QUIT if possible, and closes the connection. */
  @Override
  public void close() throws IOException {
    if (!streaming && !broken) {
      channel.quit();
    }
    channel.abort();
  }

  /** Sends a command and requires OK. */
  void commandForOk(byte[] command, String what) throws IOException {
    exchange(
        () -> {
          channel.command(command, what);
          channel.receive();
          if (channel.firstByte() != 0) {
            throw channel.violation("Expected OK but got %#x".formatted(channel.firstByte()));
          }
          return true;
        });
  }

  /** Sends the command that turns this session into a stream of events; no command can follow. */
  PacketReader stream(byte[] command) throws IOException {
    return exchange(
        () -> {
          streaming = true;
          channel.command(command, "the binlog stream");
          channel.reader().expectEvents();
          return channel.reader();
        });
  }

  /** Sets the read timeout. */
  void setReadTimeout(Duration limit, String remark) throws IOException {
    channel.setReadTimeout(limit, remark);
  }

  private <T> T exchange(Exchange<T> exchange) throws IOException {
    if (streaming) {
      throw new IllegalStateException("This session streams the binlog and accepts no commands");
    }
    broken = true;
    try {
      T answer = exchange.run();
      broken = false;
      return answer;
    } catch (ServerErrorException e) {
      broken = false;
      throw e;
    } catch (MalformedBytesException e) {
      throw malformed(channel, e);
    }
  }

  private static ProtocolViolationException malformed(
      PacketChannel channel, MalformedBytesException cause) {
    return new ProtocolViolationException(
        cause.getMessage() + ", " + channel.reader().where(), cause);
  }

  /** A command and its reply. */
  private interface Exchange<T> {
    T run() throws IOException;
  }
}
