package io.binlogbroker.broker.http;

import io.binlogbroker.engine.thread.ThreadFailures;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Sends the state of all groups to clients every second, as server-sent events, until they
 * disconnect or the server is closed. A client that has not taken an event misses the next ones,
 * and is disconnected by {@link OpenConnections} if it takes none in time. Sends on the thread
 * {@code http-scheduler}; any thread may add clients.
 */
final class EventStream implements AutoCloseable {
  static final String TYPE = "text/event-stream";

  private static final int MOST_CLIENTS = 16;
  private static final long PERIOD_MILLIS = 1_000;

  private final Supplier<String> data;
  private final Scheduler scheduler;
  private final OpenConnections connections;
  private final ThreadFailures failures;

  private final Set<Client> clients = new LinkedHashSet<>();
  private boolean scheduled;
  private boolean closed;

  /**
   * @param data of an event, in one line
   */
  EventStream(
      Supplier<String> data,
      Scheduler scheduler,
      OpenConnections connections,
      ThreadFailures failures) {
    this.data = data;
    this.scheduler = scheduler;
    this.connections = connections;
    this.failures = failures;
  }

  /**
   * Begins to send events to a client.
   *
   * @param callback completed when the stream ends
   * @return false, with nothing sent, when there are too many clients
   */
  boolean open(EndPoint connection, Response response, Callback callback) {
    String first = event();
    Client client = new Client(connection, response, callback);
    synchronized (clients) {
      if (closed || clients.size() >= MOST_CLIENTS) {
        return false;
      }
      clients.add(client);
      if (!scheduled) {
        schedule();
      }
    }
    client.begin(first);
    return true;
  }

  private void schedule() {
    scheduled = true;
    scheduler.schedule(() -> failures.survive(this::sendAll), PERIOD_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void sendAll() {
    List<Client> all;
    synchronized (clients) {
      scheduled = false;
      if (clients.isEmpty()) {
        return;
      }
      schedule();
      all = List.copyOf(clients);
    }
    String event = event();
    all.forEach(client -> client.send(event));
  }

  private String event() {
    return "event: groups\ndata: " + data.get() + "\n\n";
  }

  private void remove(Client client) {
    synchronized (clients) {
      clients.remove(client);
    }
  }

  /** Ends all streams. */
  @Override
  public void close() {
    List<Client> all;
    synchronized (clients) {
      closed = true;
      all = List.copyOf(clients);
      clients.clear();
    }
    all.forEach(Client::end);
  }

  /** A client, to which one event at a time is written. */
  private final class Client {
    private final EndPoint connection;
    private final Response response;
    private final Callback callback;
    // From the beginning, so that headers and the first event precede what other threads send.
    private final AtomicBoolean writing = new AtomicBoolean(true);

    Client(EndPoint connection, Response response, Callback callback) {
      this.connection = connection;
      this.response = response;
      this.callback = callback;
    }

    void begin(String first) {
      response.setStatus(200);
      response.getHeaders().put(HttpHeader.CONTENT_TYPE, TYPE);
      response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
      write(first);
    }

    void send(String event) {
      if (writing.compareAndSet(false, true)) {
        write(event);
      }
    }

    private void write(String event) {
      Content.Sink.write(response, false, event, Callback.from(this::sent, this::failed));
    }

    private void sent() {
      connections.renew(connection);
      writing.set(false);
    }

    private void failed(Throwable cause) {
      remove(this);
      callback.failed(cause);
    }

    /** A write in progress fails when the connection is closed. */
    void end() {
      if (writing.compareAndSet(false, true)) {
        callback.succeeded();
      }
    }
  }
}
