package io.binlogbroker.broker.http;

import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/**
 * Bounds the time and number of connections. A connection is closed when a request, including the
 * wait for it and its response, is not finished in time, whatever the client sends or reads
 * meanwhile; a connection above the limit closes the one that has made no progress for longest. Any
 * thread.
 */
final class OpenConnections implements Connection.Listener {
  private static final int MOST = 64;

  private final Scheduler scheduler;
  private final Duration limit;

  /** In the order of their last progress. */
  private final Map<EndPoint, Scheduler.Task> open = new LinkedHashMap<>();

  /**
   * @param limit maximum duration of a request
   */
  OpenConnections(Scheduler scheduler, Duration limit) {
    this.scheduler = scheduler;
    this.limit = limit;
  }

  /** The connection of a request; below TLS, if it is used. */
  static EndPoint of(Request request) {
    EndPoint endPoint = request.getConnectionMetaData().getConnection().getEndPoint();
    while (endPoint instanceof EndPoint.Wrapper wrapper) {
      endPoint = wrapper.unwrap();
    }
    return endPoint;
  }

  @Override
  public void onOpened(Connection connection) {
    EndPoint opened = connection.getEndPoint();
    if (opened instanceof EndPoint.Wrapper) {
      return;
    }
    EndPoint stalest;
    synchronized (open) {
      stalest = open.size() < MOST ? null : removeStalest();
      open.put(opened, closing(opened, limit));
    }
    if (stalest != null) {
      stalest.close();
    }
  }

  @Override
  public void onClosed(Connection connection) {
    synchronized (open) {
      Scheduler.Task task = open.remove(connection.getEndPoint());
      if (task != null) {
        task.cancel();
      }
    }
  }

  /** The time for the next request begins. */
  void renew(EndPoint connection) {
    renew(connection, limit);
  }

  /** The connection has another limit from now on. */
  void renew(EndPoint connection, Duration time) {
    synchronized (open) {
      Scheduler.Task task = open.remove(connection);
      if (task != null) {
        task.cancel();
        open.put(connection, closing(connection, time));
      }
    }
  }

  private @Nullable EndPoint removeStalest() {
    Iterator<Map.Entry<EndPoint, Scheduler.Task>> all = open.entrySet().iterator();
    Map.Entry<EndPoint, Scheduler.Task> first = all.next();
    first.getValue().cancel();
    EndPoint stalest = first.getKey();
    all.remove();
    return stalest;
  }

  private Scheduler.Task closing(EndPoint connection, Duration time) {
    return scheduler.schedule(
        () -> connection.close(new TimeoutException("The request took too long")),
        time.toMillis(),
        TimeUnit.MILLISECONDS);
  }
}
