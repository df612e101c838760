package io.binlogbroker.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Stands between a client and a server on 127.0.0.1 and makes the network fail on demand. One
 * daemon thread accepts, two serve each connection; any thread may give orders.
 */
public final class TcpProxy implements AutoCloseable {
  private final IntSupplier targetPort;
  private final ReservedPort port = ReservedPort.next();
  private final Gate gate = new Gate();
  private final List<ProxyConnection> connections = new CopyOnWriteArrayList<>();
  private volatile Tampering tampering = Tampering.none();
  private @Nullable ServerSocket listener;
  private @Nullable Thread acceptor;

  private TcpProxy(IntSupplier targetPort) {
    this.targetPort = targetPort;
  }

  /** Starts a proxy for a port of 127.0.0.1, where nobody has to listen yet. */
  public static TcpProxy to(int targetPort) {
    return to(() -> targetPort);
  }

  /** Starts a proxy for a port that is asked for at each connection. */
  static TcpProxy to(IntSupplier targetPort) {
    TcpProxy proxy = new TcpProxy(targetPort);
    proxy.listen();
    return proxy;
  }

  /** Where clients connect, the same after every {@link #cut} and {@link #restore}. */
  public int port() {
    return port.number();
  }

  /** How many connections are open now. */
  public int openConnections() {
    return connections.size();
  }

  /** Closes every connection and refuses new ones. */
  public synchronized void cut() {
    unlisten();
    closeConnections();
  }

  /** Closes every connection, but takes new ones. */
  public void closeConnections() {
    connections.forEach(ProxyConnection::close);
  }

  /** Forwards nothing more; connections stay open and new ones are taken, but hear nothing. */
  public void stall() {
    gate.shut();
  }

  /** Ends a {@link #cut} and a {@link #stall}; bytes held back are sent on. */
  public synchronized void restore() {
    gate.open();
    if (listener == null) {
      listen();
    }
  }

  /** Forwards at most so many bytes a second and direction of each connection; 0 is no limit. */
  public void throttle(long bytesPerSecond) {
    gate.limit(bytesPerSecond);
  }

  /** Damages what the server sends from now on, on all connections; replaces what was set. */
  public void tamper(Tampering newTampering) {
    tampering = newTampering;
  }

  @Override
  public void close() {
    cut();
    // Threads that a stall holds back now find their sockets closed, and end.
    gate.open();
    port.close();
  }

  private synchronized void listen() {
    try {
      ServerSocket socket = new ServerSocket();
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress("127.0.0.1", port()));
      listener = socket;
      acceptor = daemon("accept", () -> accept(socket));
    } catch (IOException e) {
      throw new UncheckedIOException("Could not listen on port " + port(), e);
    }
  }

  private synchronized void unlisten() {
    if (listener == null || acceptor == null) {
      return;
    }
    try {
      listener.close();
      // Until its thread has left accept(), the kernel goes on taking connections.
      acceptor.join();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ServerException("Interrupted while closing " + port(), e);
    }
    listener = null;
  }

  private void accept(ServerSocket socket) {
    while (!socket.isClosed()) {
      try {
        serve(socket.accept());
      } catch (IOException e) {
        // cut() closed the listener, or the target refused and the client was told by a close.
        continue;
      }
    }
  }

  private void serve(Socket client) throws IOException {
    Socket server;
    try {
      server = new Socket("127.0.0.1", targetPort.getAsInt());
      client.setTcpNoDelay(true);
      server.setTcpNoDelay(true);
    } catch (IOException e) {
      client.close();
      throw e;
    }
    ProxyConnection connection = new ProxyConnection(client, server, gate, connections::remove);
    connections.add(connection);
    daemon("to-server", () -> connection.pump(client, server, Tampering.none()));
    daemon(
        "to-client",
        () -> connection.pump(server, client, (bytes, length) -> tampering.tamper(bytes, length)));
  }

  private Thread daemon(String role, Runnable work) {
    Thread thread = new Thread(work, "proxy-" + port() + "-" + role);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }
}
