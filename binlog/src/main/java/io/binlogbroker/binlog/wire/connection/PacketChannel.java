package io.binlogbroker.binlog.wire.connection;

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
 * Sends and receives packets over one socket, with or without TLS. Confined to one thread, except
 * {@link #abort}.
 */
public final class PacketChannel {
  private static final int ERROR = 0xFF;
  private static final byte[] QUIT = {0x01};

  /** Greetings, keys and errors are far shorter; before the login the peer is not trusted. */
  private static final int LONGEST_LOGIN_PACKET = 64 * 1024;

  private final Socket raw;
  private final ServerAddress address;
  private final long maxPayload;
  private final ByteReader packet = new ByteReader();
  private OutputStream out;
  private PacketReader reader;
  private @Nullable SSLSocket secured;

  public PacketChannel(Socket raw, ServerAddress address, long maxPayload) throws IOException {
    this.raw = raw;
    this.address = address;
    this.maxPayload = maxPayload;
    try {
      this.out = raw.getOutputStream();
      this.reader = loginReader(raw.getInputStream());
    } catch (SocketException e) {
      throw lost(address, e);
    }
    setReadTimeout(address.connectTimeout(), "");
  }

  private PacketReader loginReader(InputStream in) {
    PacketReader limited = new PacketReader(in, address.toString(), LONGEST_LOGIN_PACKET);
    limited.limitToLogin(LONGEST_LOGIN_PACKET);
    return limited;
  }

  /** Raises the packet limit to the configured one. */
  public void loggedIn() {
    reader.limitToEvents(maxPayload);
  }

  /** Maximum length in bytes of a packet, and of a whole result. */
  public long maxPayload() {
    return maxPayload;
  }

  public ServerAddress address() {
    return address;
  }

  public PacketReader reader() {
    return reader;
  }

  public @Nullable SSLSocket secured() {
    return secured;
  }

  /** Sets the read timeout; {@code remark} is appended to the message that reports it. */
  public void setReadTimeout(Duration limit, String remark) throws IOException {
    try {
      raw.setSoTimeout((int) limit.toMillis());
    } catch (SocketException e) {
      throw lost(address, e);
    }
    reader.setTimeoutMessage("No bytes for " + seconds(limit) + remark);
  }

  /** Sends a command; messages call its reply {@code what}. */
  public void command(byte[] payload, String what) throws IOException {
    if (reader.unread() > 0) {
      reader.expect(what, 0);
      receive(); // throws if this is an error packet, which names the reason for closing
      throw violation("Expected no packet before a command but the server sent one");
    }
    reader.expect(what, 0);
    send(payload);
  }

  /** Sends COM_QUIT, so that the server does not count the session as aborted. */
  public void quit() {
    try {
      reader.expect("nothing", 0);
      send(QUIT);
    } catch (IOException e) {
      // The server has already closed the connection.
    }
  }

  /** Sends one payload with the next sequence number. */
  public void send(byte[] payload) throws IOException {
    int sequence = reader.sequence();
    int sent = 0;
    int part;
    do {
      part = Math.min(payload.length - sent, PacketReader.FULL_FRAGMENT);
      write(frame(payload, sent, part, sequence));
      sequence = sequence + 1 & 0xFF;
      sent += part;
    } while (part == PacketReader.FULL_FRAGMENT);
    reader.expectNumber(sequence);
  }

  /** Receives a packet and throws if it is an error; valid until the next is received. */
  public ByteReader receive() throws IOException {
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
  public int firstByte() {
    return reader.array()[reader.offset()] & 0xFF;
  }

  public ProtocolViolationException violation(String message) {
    return new ProtocolViolationException(message + ", " + reader.where());
  }

  /** Switches to TLS. */
  public void secure(TlsUpgrade tls) throws IOException {
    if (reader.unread() > 0) {
      // Bytes injected before TLS would be taken for the server's.
      throw violation("Expected no bytes between the greeting and TLS but received some");
    }
    int sequence = reader.sequence();
    SSLSocket socket = tls.start(raw);
    secured = socket;
    try {
      out = socket.getOutputStream();
      InputStream in = new SecuredStream(socket.getInputStream(), raw.getInputStream());
      reader = loginReader(in);
    } catch (SocketException e) {
      throw lost(address, e);
    }
    reader.expect("the login", sequence);
    setReadTimeout(address.connectTimeout(), "");
  }

  /**
   * Closes the socket, from any thread; a pending read or write fails. Closes the raw socket,
   * because closing a TLS socket can wait for a blocked write.
   */
  public void abort() throws IOException {
    raw.close();
  }

  private void write(byte[] bytes) throws IOException {
    try {
      out.write(bytes);
      out.flush();
    } catch (IOException e) {
      throw new ConnectionLostException(
          "The connection to %s failed while sending (%s)".formatted(address, e.getMessage()), e);
    }
  }

  /** Every operation fails on a socket that {@link #abort} has closed. */
  private static ConnectionLostException lost(ServerAddress address, SocketException cause) {
    return new ConnectionLostException(
        "The connection to %s is closed (%s)".formatted(address, cause.getMessage()), cause);
  }

  private static byte[] frame(byte[] payload, int from, int length, int sequence) {
    byte[] frame = new byte[4 + length];
    frame[0] = (byte) length;
    frame[1] = (byte) (length >>> 8);
    frame[2] = (byte) (length >>> 16);
    frame[3] = (byte) sequence;
    System.arraycopy(payload, from, frame, 4, length);
    return frame;
  }

  private static String seconds(Duration limit) {
    long millis = limit.toMillis();
    return millis % 1000 == 0 ? millis / 1000 + " s" : millis + " ms";
  }

  /** A TLS stream whose {@code available} includes encrypted bytes in the underlying socket. */
  private static final class SecuredStream extends FilterInputStream {
    private final InputStream raw;

    SecuredStream(InputStream in, InputStream raw) {
      super(in);
      this.raw = raw;
    }

    @Override
    public int available() throws IOException {
      int decrypted = super.available();
      return decrypted > 0 ? decrypted : raw.available();
    }
  }
}
