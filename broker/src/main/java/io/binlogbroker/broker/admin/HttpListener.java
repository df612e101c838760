package io.binlogbroker.broker.admin;

import io.binlogbroker.broker.ha.StopSignal;
import io.binlogbroker.engine.relay.ThreadFailures;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Accepts connections and answers each on a separate daemon thread {@code admin}. A connection is
 * closed after a few seconds whatever the client does, and a connection above the limit closes the
 * oldest one, so that half-open requests do not delay others. (The JDK's server has such limits
 * only for the whole JVM.)
 */
final class HttpListener implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(HttpListener.class);
  private static final Duration AFTER_A_FAILURE = Duration.ofMillis(100);
  private static final int MOST_CONNECTIONS = 64;
  private static final int MOST_DRAINED = 64 * 1024;

  private final ServerSocket server;
  private final Handler handler;
  private final Duration limit;
  private final ThreadFailures failures;
  private final StopSignal closed = new StopSignal();
  private final ExecutorService threads = Executors.newCachedThreadPool(HttpListener::daemon);
  private final ScheduledExecutorService deadlines =
      Executors.newSingleThreadScheduledExecutor(HttpListener::daemon);
  private final Set<Socket> open = new LinkedHashSet<>();

  /** Answers one connection. */
  interface Handler {
    void answer(Socket connection) throws IOException;
  }

  /**
   * @param limit maximum duration of a connection
   * @param failures records internal errors in its threads
   */
  HttpListener(ServerSocket server, Handler handler, Duration limit, ThreadFailures failures) {
    this.server = server;
    this.handler = handler;
    this.limit = limit;
    this.failures = failures;
  }

  void start() {
    threads.execute(this::acceptAll);
  }

  InetSocketAddress address() {
    return (InetSocketAddress) server.getLocalSocketAddress();
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "admin");
    thread.setDaemon(true);
    return thread;
  }

  private void acceptAll() {
    while (!closed.isRaised()) {
      failures.survive(this::accept);
    }
  }

  private void accept() {
    try {
      Socket connection = server.accept();
      add(connection);
      threads.execute(() -> failures.survive(() -> serve(connection)));
    } catch (IOException e) {
      if (!closed.isRaised()) {
        log.debug("A connection was not accepted", e);
        closed.await(AFTER_A_FAILURE);
      }
    }
  }

  private void serve(Socket connection) {
    try (connection) {
      Future<?> deadline =
          deadlines.schedule(() -> end(connection), limit.toMillis(), TimeUnit.MILLISECONDS);
      handler.answer(connection);
      drain(connection);
      deadline.cancel(false);
    } catch (IOException | RejectedExecutionException e) {
      log.debug("The client closed the connection or timed out, or the broker is stopping", e);
    } finally {
      remove(connection);
    }
  }

  /**
   * Reads the remaining bytes: after a close with unread bytes, the client might not receive the
   * response.
   */
  private static void drain(Socket connection) throws IOException {
    connection.shutdownOutput();
    InputStream in = connection.getInputStream();
    byte[] unread = new byte[1024];
    int drained = 0;
    int count = 0;
    while (count >= 0 && drained < MOST_DRAINED) {
      count = in.read(unread);
      drained += count;
    }
  }

  private void add(Socket connection) {
    Socket oldest = null;
    synchronized (open) {
      if (open.size() >= MOST_CONNECTIONS) {
        Iterator<Socket> first = open.iterator();
        oldest = first.next();
        first.remove();
      }
      open.add(connection);
    }
    if (oldest != null) {
      end(oldest);
    }
  }

  private void remove(Socket connection) {
    synchronized (open) {
      open.remove(connection);
    }
  }

  private static void end(Socket connection) {
    try {
      connection.close();
    } catch (IOException e) {
      log.debug("A broken connection could not be closed", e);
    }
  }

  @Override
  public void close() {
    closed.raise();
    try {
      server.close();
    } catch (IOException e) {
      log.debug("The port could not be closed", e);
    }
    List<Socket> left;
    synchronized (open) {
      left = List.copyOf(open);
    }
    left.forEach(HttpListener::end);
    // The connection threads end when they are idle.
    deadlines.shutdownNow();
  }
}
