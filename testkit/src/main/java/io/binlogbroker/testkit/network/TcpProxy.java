package io.binlogbroker.testkit.network;

import io.binlogbroker.testkit.process.ReservedPort;
import io.binlogbroker.testkit.process.ServerException;
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
 * A proxy between a client and a server on 127.0.0.1 that simulates network failures. One daemon
 * thread accepts connections, two serve each of them; public methods are thread-safe.
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

  /** Starts a proxy for a port of 127.0.0.1, whose server need not be started yet. */
  public static TcpProxy to(int targetPort) {
    return to(() -> targetPort);
  }

  /** Starts a proxy for a port that is determined for each connection. */
  public static TcpProxy to(IntSupplier targetPort) {
    TcpProxy proxy = new TcpProxy(targetPort);
    proxy.listen();
    return proxy;
  }

  /** The port for clients, which {@link #cut} and {@link #restore} do not change. */
  public int port() {
    return port.number();
  }

  /** Number of open connections. */
  public int openConnections() {
    return connections.size();
  }

  /** Closes every connection and refuses new ones. */
  public synchronized void cut() {
    unlisten();
    closeConnections();
  }

  /** Closes every connection, but accepts new ones. */
  public void closeConnections() {
    connections.forEach(ProxyConnection::close);
  }

  /** Stops forwarding; connections stay open and new ones are accepted, but receive nothing. */
  public void stall() {
    gate.shut();
  }

  /** Ends a {@link #cut} and a {@link #stall}; delayed bytes are forwarded. */
  public synchronized void restore() {
    gate.open();
    if (listener == null) {
      listen();
    }
  }

  /** Limits the bytes per second in each direction of each connection; 0 means no limit. */
  public void throttle(long bytesPerSecond) {
    gate.limit(bytesPerSecond);
  }

  /**
   * Modifies the bytes from the server on all connections from now on; replaces the previous
   * setting.
   */
  public void tamper(Tampering newTampering) {
    tampering = newTampering;
  }

  @Override
  public void close() {
    cut();
    // Threads blocked by a stall continue, find their sockets closed and end.
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
      // The kernel accepts connections until the thread has left accept().
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
        // cut() closed the listener, or the target refused and the client was closed.
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
