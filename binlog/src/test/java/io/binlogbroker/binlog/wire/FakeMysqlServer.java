package io.binlogbroker.binlog.wire;

import io.binlogbroker.binlog.bytes.ByteReader;
import io.binlogbroker.binlog.wire.connection.Digests;
import io.binlogbroker.binlog.wire.connection.PayloadWriter;
import io.binlogbroker.binlog.wire.connection.ServerAddress;
import io.binlogbroker.binlog.wire.connection.TlsMode;
import io.binlogbroker.binlog.wire.connection.TlsOptions;
import io.binlogbroker.binlog.wire.login.Capabilities;
import io.binlogbroker.binlog.wire.login.Credentials;
import io.binlogbroker.binlog.wire.login.SessionOptions;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/**
 * A server on the loopback interface that runs a script for each connection on its own thread: it
 * greets, accepts logins and commands, and sends valid or invalid packets. {@link #close} rethrows
 * failures of the scripts.
 *
 * <pre>{@code
 * try (FakeMysqlServer server = FakeMysqlServer.playing(client -> {
 *       client.acceptLogin();
 *       client.expectCommand();
 *       client.rows(List.of("a"), List.of(Arrays.asList("1")));
 *     })) {
 *   Session.open(server.options());
 * }
 * }</pre>
 */
public final class FakeMysqlServer implements AutoCloseable {
  /** The scramble of every greeting: 1 to 20. */
  public static final byte[] SCRAMBLE = {
    1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20
  };

  private static final Duration LIMIT = Duration.ofSeconds(10);
  private final ServerSocket socket;
  private final FutureTask<Void> play;

  /** The server's behaviour for one connection. */
  public interface Script {
    void play(Client client) throws Exception;
  }

  private FakeMysqlServer(List<Script> scripts) throws IOException {
    socket = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    socket.setSoTimeout((int) LIMIT.toMillis());
    play = new FutureTask<>(() -> playAll(scripts), null);
    Thread thread = new Thread(play, "fake-mysql-server");
    thread.setDaemon(true);
    thread.start();
  }

  /** A server that runs one script per connection, in order. */
  public static FakeMysqlServer playing(Script... scripts) throws IOException {
    return new FakeMysqlServer(List.of(scripts));
  }

  public int port() {
    return socket.getLocalPort();
  }

  public ServerAddress address() {
    return new ServerAddress("127.0.0.1", port(), LIMIT, LIMIT);
  }

  /** Options that log in as {@code rep_user} with password {@code rep_user}, without TLS. */
  public SessionOptions options() {
    return options(new Credentials("rep_user", "rep_user"));
  }

  public SessionOptions options(Credentials credentials) {
    return new SessionOptions(address(), credentials, new TlsOptions(TlsMode.DISABLED));
  }

  @Override
  public void close() throws Exception {
    try {
      play.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw new AssertionError("The script of the fake server failed", e.getCause());
    } catch (TimeoutException e) {
      throw new AssertionError("The script of the fake server did not end", e);
    } finally {
      socket.close();
    }
  }

  private void playAll(List<Script> scripts) {
    for (Script script : scripts) {
      try (Socket connection = socket.accept()) {
        connection.setSoTimeout((int) LIMIT.toMillis());
        script.play(new Client(connection));
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /** The connection of a script. */
  public static final class Client {
    private final Socket socket;
    private DataInputStream in;
    private OutputStream out;
    private int sequence;

    private Client(Socket socket) throws IOException {
      this.socket = socket;
      in = new DataInputStream(socket.getInputStream());
      out = socket.getOutputStream();
    }

    /** Greets with an offer of TLS, and switches to TLS with this certificate. */
    public void greetWithTls(String plugin, SSLContext certificate) throws IOException {
      greet("8.0.33", plugin, Capabilities.SUPPORTED | Capabilities.SSL);
      receive();
      SSLSocket secured =
          (SSLSocket)
              certificate.getSocketFactory().createSocket(socket, "client", socket.getPort(), true);
      secured.setUseClientMode(false);
      secured.startHandshake();
      in = new DataInputStream(secured.getInputStream());
      out = secured.getOutputStream();
    }

    /** Greets as MySQL 8.0.33 and accepts any login. */
    public void acceptLogin() throws IOException {
      acceptLogin("8.0.33");
    }

    public void acceptLogin(String version) throws IOException {
      greet(version, "mysql_native_password");
      receive();
      ok();
    }

    public void greet(String version, String plugin) throws IOException {
      greet(version, plugin, Capabilities.SUPPORTED); // no TLS: a fake has no certificate
    }

    public void greet(String version, String plugin, int capabilities) throws IOException {
      send(greeting(version, plugin, capabilities));
    }

    /** Waits for a command and returns it, including its code. */
    public byte[] expectCommand() throws IOException {
      return expectPacket(0);
    }

    public byte[] expectPacket(int number) throws IOException {
      sequence = number;
      return receive();
    }

    /** Waits for a statement and returns its text. */
    public String expectQuery() throws IOException {
      byte[] command = expectCommand();
      if (command[0] != 3) {
        throw new AssertionError("Expected a query but got command " + command[0]);
      }
      return new String(command, 1, command.length - 1, StandardCharsets.UTF_8);
    }

    /** Answers statements with OK up to the first with this prefix, and returns it. */
    public String okUntilQuery(String start) throws IOException {
      String sql = expectQuery();
      while (!sql.startsWith(start)) {
        ok();
        sql = expectQuery();
      }
      return sql;
    }

    /** Receives one payload with the next sequence number. */
    public byte[] receive() throws IOException {
      byte[] header = new byte[4];
      in.readFully(header);
      ByteReader reader = new ByteReader(header);
      byte[] payload = new byte[reader.u24()];
      int number = reader.u8();
      if (number != sequence) {
        throw new AssertionError("Expected packet number " + sequence + " but got " + number);
      }
      sequence = number + 1 & 0xFF;
      in.readFully(payload);
      return payload;
    }

    /** Waits for the client to close the connection. */
    public void expectClose() throws IOException {
      if (in.read() >= 0) {
        throw new AssertionError("Expected the client to close but it sent a byte");
      }
    }

    public void ok() throws IOException {
      send(new PayloadWriter().u8(0).lenenc(0).lenenc(0).u16(2).u16(0).toByteArray());
    }

    public void eof() throws IOException {
      send(new PayloadWriter().u8(0xFE).u16(0).u16(2).toByteArray());
    }

    public void error(int code, String sqlState, String message) throws IOException {
      send(new PayloadWriter().u8(0xFF).u16(code).text("#" + sqlState + message).toByteArray());
    }

    /** Sends a result of text rows; null is NULL. */
    public void rows(List<String> columns, List<List<String>> rows) throws IOException {
      send(new PayloadWriter().lenenc(columns.size()).toByteArray());
      for (String column : columns) {
        send(definition(column));
      }
      eof();
      for (List<String> row : rows) {
        PayloadWriter payload = new PayloadWriter();
        row.forEach(value -> value(payload, value));
        send(payload.toByteArray());
      }
      eof();
    }

    /** Sends a binlog event as a dump does: after a zero byte. */
    public void event(byte[] event) throws IOException {
      send(Digests.concat(new byte[1], event));
    }

    /** Sends one payload with the next sequence number, split if it is long. */
    public void send(byte[] payload) throws IOException {
      for (byte[] packet : packets(payload, sequence)) {
        out.write(packet);
        sequence = sequence + 1 & 0xFF;
      }
      out.flush();
    }

    /** Sends raw bytes, for invalid packets. */
    public void sendRaw(byte[] bytes) throws IOException {
      out.write(bytes);
      out.flush();
    }

    private static byte[] definition(String column) {
      return new PayloadWriter()
          .lenencText("def")
          .lenencText("")
          .lenencText("")
          .lenencText("")
          .lenencText(column)
          .lenencText(column)
          .lenenc(12)
          .zeros(12)
          .toByteArray();
    }

    private static void value(PayloadWriter payload, String value) {
      if (value == null) {
        payload.u8(0xFB);
        return;
      }
      payload.lenencText(value);
    }
  }

  public static byte[] greeting(String version, String plugin, int capabilities) {
    return new PayloadWriter()
        .u8(10)
        .textAndNul(version)
        .u32(7) // connection id
        .bytes(Arrays.copyOf(SCRAMBLE, 8))
        .u8(0)
        .u16(capabilities & 0xFFFF)
        .u8(45)
        .u16(2) // status
        .u16(capabilities >>> 16)
        .u8(21)
        .zeros(10)
        .bytes(Arrays.copyOfRange(SCRAMBLE, 8, 20))
        .u8(0)
        .textAndNul(plugin)
        .toByteArray();
  }

  /** The packets of a payload, including headers. */
  public static List<byte[]> packets(byte[] payload, int firstSequence) {
    List<byte[]> packets = new ArrayList<>();
    int sent = 0;
    int part;
    do {
      part = Math.min(payload.length - sent, 0xFFFFFF);
      packets.add(packet(Arrays.copyOfRange(payload, sent, sent + part), firstSequence));
      firstSequence = firstSequence + 1 & 0xFF;
      sent += part;
    } while (part == 0xFFFFFF);
    return packets;
  }

  public static byte[] packet(byte[] payload, int sequence) {
    return Digests.concat(header(payload.length, sequence), payload);
  }

  public static byte[] header(int length, int sequence) {
    return new byte[] {
      (byte) length, (byte) (length >>> 8), (byte) (length >>> 16), (byte) sequence
    };
  }
}
