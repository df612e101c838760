package io.binlogbroker.engine.source.mysql;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.binlogbroker.binlog.wire.connection.ServerAddress;
import io.binlogbroker.binlog.wire.connection.TlsMode;
import io.binlogbroker.binlog.wire.connection.TlsOptions;
import io.binlogbroker.binlog.wire.login.Credentials;
import io.binlogbroker.binlog.wire.login.SessionOptions;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.List;

/**
 * A server on the loopback address that sends one replica an endless sample, as fast as it is read.
 * Runs on its own thread.
 */
final class SampleServer implements AutoCloseable {
  private static final int TIMEOUT_MILLIS = 30_000;
  private static final int QUERY = 0x03;
  private static final int REGISTER = 0x15;
  private static final int HEADER = 4;

  // Protocol 10, version, connection 1, half of the scramble, capabilities without TLS, character
  // set and status between their halves, the rest of the scramble, the login method.
  private static final byte[] GREETING =
      ("\n8.0.33\0\1\0\0\0abcdefgh\0\5\242\55\2\0\10\0\25\0\0\0\0\0\0\0\0\0\0"
              + "ijklmnopqrst\0mysql_native_password\0")
          .getBytes(ISO_8859_1);

  private static final byte[] OK = {0, 0, 0, 2, 0, 0, 0};
  private static final byte[] EOF = {(byte) 0xFE, 0, 0, 2, 0};
  private static final byte[] ONE_COLUMN = {1};
  private static final byte[] COLUMN = {
    3, 'd', 'e', 'f', 0, 0, 0, 1, 'c', 1, 'c', 12, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0
  };
  private static final byte[] CRC32 = "\5CRC32".getBytes(US_ASCII);

  private final SampleLog log;
  private final ServerSocket listener;
  private int sequence;

  SampleServer(SampleLog log) throws IOException {
    this.log = log;
    listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    listener.setSoTimeout(TIMEOUT_MILLIS);
    Thread thread = new Thread(this::serve, "sample-server");
    thread.setDaemon(true);
    thread.start();
  }

  SessionOptions options() {
    return new SessionOptions(
        new ServerAddress("127.0.0.1", listener.getLocalPort()),
        new Credentials("rep_user", "rep_user"),
        new TlsOptions(TlsMode.DISABLED));
  }

  /** A failure here appears at the replica as a lost connection. */
  private void serve() {
    try (Socket socket = listener.accept()) {
      socket.setSoTimeout(TIMEOUT_MILLIS);
      DataInputStream in = new DataInputStream(socket.getInputStream());
      OutputStream out = socket.getOutputStream();
      out.write(packets(List.of(GREETING)));
      receive(in);
      out.write(packets(List.of(OK)));
      answer(in, out);
      out.write(packets(List.of(event(log.head()))));
      sendWithoutEnd(out);
    } catch (SocketException e) {
      // The replica has closed the connection.
    } catch (IOException e) {
      throw new IllegalStateException("The sample's server failed", e);
    }
  }

  /** Answers all commands up to the one that starts the dump. */
  private void answer(DataInputStream in, OutputStream out) throws IOException {
    byte[] command = receive(in);
    while (command[0] == QUERY || command[0] == REGISTER) {
      boolean rows = new String(command, UTF_8).contains("SELECT");
      out.write(packets(rows ? List.of(ONE_COLUMN, COLUMN, EOF, CRC32, EOF) : List.of(OK)));
      command = receive(in);
    }
  }

  private void sendWithoutEnd(OutputStream out) throws IOException {
    byte[] packets = packets(log.events().stream().map(SampleServer::event).toList());
    while (true) {
      out.write(packets);
      renumber(packets);
    }
  }

  private void renumber(byte[] packets) {
    int at = 0;
    while (at < packets.length) {
      packets[at + 3] = (byte) sequence++;
      at += HEADER + length(packets, at);
    }
  }

  private byte[] receive(DataInputStream in) throws IOException {
    byte[] header = new byte[HEADER];
    in.readFully(header);
    sequence = header[3] + 1;
    byte[] payload = new byte[length(header, 0)];
    in.readFully(payload);
    return payload;
  }

  private static int length(byte[] header, int at) {
    return header[at] & 0xFF | (header[at + 1] & 0xFF) << 8 | (header[at + 2] & 0xFF) << 16;
  }

  private static byte[] event(byte[] event) {
    byte[] payload = new byte[1 + event.length];
    System.arraycopy(event, 0, payload, 1, event.length);
    return payload;
  }

  private byte[] packets(List<byte[]> payloads) {
    ByteArrayOutputStream packets = new ByteArrayOutputStream();
    for (byte[] payload : payloads) {
      packets.write(payload.length);
      packets.write(payload.length >>> 8);
      packets.write(payload.length >>> 16);
      packets.write(sequence++);
      packets.writeBytes(payload);
    }
    return packets.toByteArray();
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
