package io.binlogbroker.binlog.wire;

import io.binlogbroker.binlog.bytes.MalformedBytesException;
import io.binlogbroker.binlog.event.ServerVersion;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;

/**
 * A logged-in connection to a MySQL or MariaDB server, for text statements and, at the end of its
 * life, for one binlog stream. One thread, but for {@link #abort}. After any exception but a {@link
 * ServerErrorException} it is of no more use and should be closed.
 */
public final class Session implements AutoCloseable {
  private static final byte[] PING = {0x0E};

  /** A slow server takes its time for one of the steps of a login, not for all of them. */
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
      channel.waitAtMost(options.address().readTimeout(), "");
      return new Session(channel, greeting);
    } catch (MalformedBytesException e) {
      throw malformed(channel, e);
    } catch (ConnectionLostException e) {
      throw e.getCause() instanceof SSLException cause && !TlsUpgrade.isCutOff(cause)
          ? refusedCertificate(options, e)
          : e;
    }
  }

  /** With TLS 1.3 a server judges our certificate after the handshake has ended for us. */
  private static TlsFailedException refusedCertificate(
      SessionOptions options, ConnectionLostException cause) {
    return new TlsFailedException(
        "TLS with %s failed during the login (%s); check that the server trusts our client certificate"
            .formatted(options.address(), cause.getMessage()),
        cause);
  }

  /** Runs a statement that returns rows. */
  public QueryResult query(String sql) throws IOException {
    return ask(() -> new TextQuery(channel).rows(sql));
  }

  /** Runs a statement that returns no rows. */
  public OkResult execute(String sql) throws IOException {
    return ask(() -> new TextQuery(channel).run(sql));
  }

  /** Asks whether the server is still there. */
  public void ping() throws IOException {
    commandForOk(PING, "the reply to a ping");
  }

  /** What the greeting says of the server; a proxy may say it falsely. */
  public ServerVersion serverVersion() {
    return greeting.version();
  }

  public boolean isMariaDb() {
    return greeting.version().mariaDb() || !greeting.offers(Capabilities.LONG_PASSWORD);
  }

  /** The server's number for this connection, as {@code KILL} takes it. */
  public long connectionId() {
    return greeting.connectionId();
  }

  public ServerAddress address() {
    return channel.address();
  }

  /** Version and cipher of TLS, or nothing if the link is not encrypted. */
  public Optional<TlsInfo> tls() {
    SSLSocket secured = channel.secured();
    if (secured == null) {
      return Optional.empty();
    }
    SSLSession session = secured.getSession();
    return Optional.of(new TlsInfo(session.getProtocol(), session.getCipherSuite()));
  }

  /** Cuts the connection: a call under way in another thread fails at once. Any thread. */
  public void abort() throws IOException {
    channel.abort();
  }

  /** Says goodbye where that is possible, and closes the connection. */
  @Override
  public void close() throws IOException {
    if (!streaming && !broken) {
      channel.quit();
    }
    channel.abort();
  }

  /** Sends a command whose reply is OK. */
  void commandForOk(byte[] command, String what) throws IOException {
    ask(
        () -> {
          channel.command(command, what);
          channel.receive();
          if (channel.firstByte() != 0) {
            throw channel.violation("Expected OK but got %#x".formatted(channel.firstByte()));
          }
          return true;
        });
  }

  /** Sends the command that turns this session into a stream of events; it takes no other after. */
  PacketReader stream(byte[] command) throws IOException {
    return ask(
        () -> {
          streaming = true;
          channel.command(command, "the binlog stream");
          channel.reader().expectEvents();
          return channel.reader();
        });
  }

  /** Changes how long a read may wait. */
  void waitAtMost(Duration limit, String remark) throws IOException {
    channel.waitAtMost(limit, remark);
  }

  private <T> T ask(Exchange<T> exchange) throws IOException {
    if (streaming) {
      throw new IllegalStateException("This session streams the binlog and takes no commands");
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
