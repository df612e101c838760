package io.binlogbroker.testkit.network;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.util.function.Consumer;

/** A client's connection through a {@link TcpProxy}: two sockets, with one thread per direction. */
final class ProxyConnection {
  private static final int PIECE = 8192;

  private final Socket client;
  private final Socket server;
  private final Gate gate;
  private final Consumer<ProxyConnection> onClose;

  ProxyConnection(Socket client, Socket server, Gate gate, Consumer<ProxyConnection> onClose) {
    this.client = client;
    this.server = server;
    this.gate = gate;
    this.onClose = onClose;
  }

  /** Forwards one direction until either side closes; then closes both. */
  void pump(Socket from, Socket to, Tampering tampering) {
    try (InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream()) {
      forward(in, out, tampering);
    } catch (IOException e) {
      // One side was closed, which is expected; the finally block closes the other one.
      return;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      close();
    }
  }

  private void forward(InputStream in, OutputStream out, Tampering tampering)
      throws IOException, InterruptedException {
    byte[] piece = new byte[PIECE];
    int length = in.read(piece);
    while (length >= 0) {
      int last = tampering.tamper(piece, length);
      gate.pass(length);
      if (last != Tampering.PASS) {
        out.write(piece, 0, last);
        return;
      }
      out.write(piece, 0, length);
      length = in.read(piece);
    }
  }

  void close() {
    onClose.accept(this);
    close(client);
    close(server);
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
