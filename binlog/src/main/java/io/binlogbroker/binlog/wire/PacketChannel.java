package io.binlogbroker.binlog.wire;

import io.binlogbroker.binlog.bytes.ByteReader;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * Packets to and from one server over one socket, in the clear or through TLS. One thread, but for
 * {@link #abort}.
 */
final class PacketChannel {
  private static final int ERROR = 0xFF;
  private static final byte[] QUIT = {0x01};

  /**
   * Greetings, keys and errors are far shorter; before the login anybody may be at the other end.
   */
  private static final int LONGEST_LOGIN_PACKET = 64 * 1024;

  private final Socket raw;
  private final ServerAddress address;
  private final long maxPayload;
  private final ByteReader packet = new ByteReader();
  private OutputStream out;
  private PacketReader reader;
  private @Nullable SSLSocket secured;

  PacketChannel(Socket raw, ServerAddress address, long maxPayload) throws IOException {
    this.raw = raw;
    this.address = address;
    this.maxPayload = maxPayload;
    try {
      this.out = raw.getOutputStream();
      this.reader = loginReader(raw.getInputStream());
    } catch (SocketException e) {
      throw lost(address, e);
    }
    waitAtMost(address.connectTimeout(), "");
  }

  private PacketReader loginReader(InputStream in) {
    PacketReader limited = new PacketReader(in, address.toString(), LONGEST_LOGIN_PACKET);
    limited.limitToLogin(LONGEST_LOGIN_PACKET);
    return limited;
  }

  /** Lets packets be as long as the options say. */
  void loggedIn() {
    reader.limitToEvents(maxPayload);
  }

  /** How many bytes a packet may have, and a result altogether. */
  long maxPayload() {
    return maxPayload;
  }

  ServerAddress address() {
    return address;
  }

  PacketReader reader() {
    return reader;
  }

  @Nullable SSLSocket secured() {
    return secured;
  }

  /** How long a read may wait; {@code remark} goes behind the message that names the time. */
  void waitAtMost(Duration limit, String remark) throws IOException {
    try {
      raw.setSoTimeout((int) limit.toMillis());
    } catch (SocketException e) {
      throw lost(address, e);
    }
    reader.patience("No bytes for " + seconds(limit) + remark);
  }

  /** Sends a command; what is received next is called {@code what} in messages. */
  void command(byte[] payload, String what) throws IOException {
    if (reader.unread() > 0) {
      reader.expect(what, 0);
      receive(); // an error that the server sent unasked says why it is about to close
      throw violation("Expected silence before a command but the server sent a packet");
    }
    reader.expect(what, 0);
    send(payload);
  }

  /** Says goodbye, so that the server does not count the session as aborted. */
  void quit() {
    try {
      reader.expect("nothing", 0);
      send(QUIT);
    } catch (IOException e) {
      // The server has gone already: there is nobody left to tell.
    }
  }

  /** Sends one payload under the next number. */
  void send(byte[] payload) throws IOException {
    int sequence = reader.sequence();
    int sent = 0;
    int part;
    do {
      part = Math.min(payload.length - sent, PacketReader.FULL_FRAGMENT);
      write(framed(payload, sent, part, sequence));
      sequence = sequence + 1 & 0xFF;
      sent += part;
    } while (part == PacketReader.FULL_FRAGMENT);
    reader.expectNumber(sequence);
  }

  /** Receives a packet that is not an error; valid until the next is received. */
  ByteReader receive() throws IOException {
    reader.next(packet);
    if (packet.remaining() == 0) {
      throw violation("Expected a packet with content but got an empty one");
    }
    if (firstByte() == ERROR) {
      packet.skip(1);
      throw ServerErrorException.read(packet, reader.where());
    }
    return packet;
  }

  /** The first byte of the packet just received. */
  int firstByte() {
    return reader.array()[reader.offset()] & 0xFF;
  }

  ProtocolViolationException violation(String message) {
    return new ProtocolViolationException(message + ", " + reader.where());
  }

  /** Goes on under TLS. */
  void secure(TlsUpgrade tls) throws IOException {
    if (reader.unread() > 0) {
      // Bytes smuggled in before TLS would pass for the server's own.
      throw violation("Expected nothing between the greeting and TLS but bytes came");
    }
    int sequence = reader.sequence();
    SSLSocket socket = tls.over(raw);
    secured = socket;
    try {
      out = socket.getOutputStream();
      InputStream in = new SecuredStream(socket.getInputStream(), raw.getInputStream());
      reader = loginReader(in);
    } catch (SocketException e) {
      throw lost(address, e);
    }
    reader.expect("the login", sequence);
    waitAtMost(address.connectTimeout(), "");
  }

  /**
   * Closes the socket; a read or write under way in another thread fails. Any thread. The raw
   * socket on purpose: closing a TLS socket may wait for a write that is stuck.
   */
  void abort() throws IOException {
    raw.close();
  }

  private void write(byte[] bytes) throws IOException {
    try {
      out.write(bytes);
      out.flush();
    } catch (IOException e) {
      throw new ConnectionLostException(
          "The connection to %s broke while sending (%s)".formatted(address, e.getMessage()), e);
    }
  }

  /** A socket that {@link #abort} has closed refuses everything, whatever is asked of it. */
  private static ConnectionLostException lost(ServerAddress address, SocketException cause) {
    return new ConnectionLostException(
        "The connection to %s is closed (%s)".formatted(address, cause.getMessage()), cause);
  }

  private static byte[] framed(byte[] payload, int from, int length, int sequence) {
    byte[] framed = new byte[4 + length];
    framed[0] = (byte) length;
    framed[1] = (byte) (length >>> 8);
    framed[2] = (byte) (length >>> 16);
    framed[3] = (byte) sequence;
    System.arraycopy(payload, from, framed, 4, length);
    return framed;
  }

  private static String seconds(Duration limit) {
    long millis = limit.toMillis();
    return millis % 1000 == 0 ? millis / 1000 + " s" : millis + " ms";
  }

  /** A TLS stream that also counts what waits in the socket below: its own count does not. */
  private static final class SecuredStream extends FilterInputStream {
    private final InputStream below;

    SecuredStream(InputStream in, InputStream below) {
      super(in);
      this.below = below;
    }

    @Override
    public int available() throws IOException {
      int decrypted = super.available();
      return decrypted > 0 ? decrypted : below.available();
    }
  }
}
