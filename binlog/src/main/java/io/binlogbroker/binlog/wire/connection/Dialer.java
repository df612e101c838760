package io.binlogbroker.binlog.wire.connection;

import io.binlogbroker.binlog.wire.connection.ConnectFailedException.Reason;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/** Opens the TCP connection to a server, trying each address to which the host name resolves. */
public final class Dialer {
  private final ServerAddress address;

  public Dialer(ServerAddress address) {
    this.address = address;
  }

  public Socket dial() throws IOException {
    InetAddress[] candidates = resolve();
    for (int i = 0; i < candidates.length - 1; i++) {
      try {
        return connect(candidates[i]);
      } catch (ConnectFailedException e) {
        if (e.reason() == Reason.TIMEOUT) {
          throw e;
        }
        // The name has more addresses; only the failure of the last one is reported.
      }
    }
    return connect(candidates[candidates.length - 1]);
  }

  private InetAddress[] resolve() throws ConnectFailedException {
    try {
      return InetAddress.getAllByName(address.host());
    } catch (UnknownHostException e) {
      throw new ConnectFailedException(
          Reason.UNKNOWN_HOST,
          "Unknown host %s, to connect to %s; check the name and this host's DNS configuration"
              .formatted(address.host(), address),
          e);
    }
  }

  private Socket connect(InetAddress candidate) throws IOException {
    Socket socket = new Socket();
    try {
      // The kernel sizes the receive buffer: a fixed size would be smaller than what autotuning
      // reaches on a fast or high-latency connection.
      socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
      socket.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
      int timeout = (int) address.connectTimeout().toMillis();
      socket.connect(new InetSocketAddress(candidate, address.port()), timeout);
      socket.setSoTimeout(timeout);
      return socket;
    } catch (IOException e) {
      socket.close();
      throw failed(e);
    }
  }

  private ConnectFailedException failed(IOException cause) {
    if (cause instanceof SocketTimeoutException) {
      return new ConnectFailedException(
          Reason.TIMEOUT,
          "No answer from %s within %d ms; check the address and the firewalls in between"
              .formatted(address, address.connectTimeout().toMillis()),
          cause);
    }
    if (cause instanceof ConnectException && isRefusal(cause.getMessage())) {
      return new ConnectFailedException(
          Reason.REFUSED,
          "Connection to %s refused; check that the server runs and listens there"
              .formatted(address),
          cause);
    }
    return new ConnectFailedException(
        Reason.UNREACHABLE, "Cannot reach %s (%s)".formatted(address, cause.getMessage()), cause);
  }

  /** The JDK throws one exception for a refusal and for a network without a route. */
  private static boolean isRefusal(@Nullable String message) {
    return message != null && message.contains("refused");
  }
}
