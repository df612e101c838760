package io.binlogbroker.broker.http;

import io.binlogbroker.broker.admin.BrokerState;
import io.binlogbroker.broker.admin.ProcessMetrics;
import io.binlogbroker.broker.config.AdminConfig;
import io.binlogbroker.broker.http.action.Access;
import io.binlogbroker.broker.http.action.ActionWorker;
import io.binlogbroker.engine.model.DeliveryException;
import io.binlogbroker.engine.model.FailureKind;
import io.binlogbroker.engine.thread.ThreadFailures;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.jetty.io.ArrayByteBufferPool;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.ScheduledExecutorScheduler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves HTTP requests about the groups of a process, on daemon threads {@code http-N}, until it is
 * closed.
 */
public final class HttpServer implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(HttpServer.class);
  private static final Duration LIMIT = Duration.ofSeconds(5);
  private static final Duration CERTIFICATE_INTERVAL = Duration.ofSeconds(10);

  private static final int MOST_THREADS = 5;
  private static final int MOST_HEADER_BYTES = 8 * 1024;
  private static final int BACKLOG = 50;
  private static final int LARGEST_BUFFER = 64 * 1024;
  private static final long MOST_POOLED_BYTES = 2 << 20;

  private final Server jetty;
  private final EventStream events;
  private final ActionWorker actions;
  private final @Nullable ServerTls tls;
  private final InetSocketAddress address;

  private HttpServer(
      Server jetty,
      EventStream events,
      ActionWorker actions,
      @Nullable ServerTls tls,
      InetSocketAddress address) {
    this.jetty = jetty;
    this.events = events;
    this.actions = actions;
    this.tls = tls;
    this.address = address;
  }

  /**
   * @param admin with an address to listen on; port 0 selects a free one
   * @param groups that the process serves; groups may be added to the list by any thread
   * @param metrics of these groups
   * @throws DeliveryException fatal when it cannot listen there
   */
  public static HttpServer open(
      AdminConfig admin, List<? extends BrokerState> groups, ProcessMetrics metrics) {
    return open(admin, groups, metrics, LIMIT);
  }

  /** Without a token. */
  static HttpServer open(
      String listen,
      List<String> hosts,
      List<? extends BrokerState> groups,
      ProcessMetrics metrics) {
    return open(new AdminConfig(listen, hosts), groups, metrics);
  }

  /**
   * @param limit maximum duration of a request without the action that it asks for, but with the
   *     wait for it
   */
  static HttpServer open(
      AdminConfig admin,
      List<? extends BrokerState> groups,
      ProcessMetrics metrics,
      Duration limit) {
    ServerTls tls = admin.rpcTls() == null ? null : new ServerTls(admin.rpcTls());
    ServerSocketChannel channel = bound(admin.rpcListen());
    Server jetty =
        new Server(
            threads(),
            new ScheduledExecutorScheduler("http-scheduler", true),
            new ArrayByteBufferPool(
                0, -1, LARGEST_BUFFER, -1, MOST_POOLED_BYTES, MOST_POOLED_BYTES));
    OpenConnections connections = new OpenConnections(jetty.getScheduler(), limit);
    ThreadFailures failures = new ThreadFailures();
    ServedGroups served = new ServedGroups(groups);
    LagHistories histories = new LagHistories(served, metrics, Clock.systemUTC());
    EventStream events =
        new EventStream(
            () -> GroupJson.summaries(served, histories).toString(),
            jetty.getScheduler(),
            connections,
            failures);
    jetty.addConnector(connector(jetty, channel, tls, connections, limit));
    jetty.setErrorHandler(new ErrorAnswers());
    AllowedHosts hosts = new AllowedHosts(hostOf(admin.rpcListen()), admin.rpcHosts());
    ActionWorker worker = new ActionWorker(failures);
    ActionHandler actions =
        new ActionHandler(
            served,
            new Access(admin.adminToken(), isLoopback(channel)),
            hosts,
            connections,
            worker,
            jetty.getScheduler(),
            failures);
    actions.setHandler(
        new Router(
            endpoints(served, metrics, histories, failures), hosts, connections, events, failures));
    jetty.setHandler(actions);
    HttpServer server = start(jetty, events, worker, tls, channel);
    histories.start(jetty.getScheduler(), failures);
    if (tls != null) {
      tls.watch(jetty.getScheduler(), CERTIFICATE_INTERVAL, failures);
    }
    log.info("Listening at {}://{}/", tls == null ? "http" : "https", server.address());
    return server;
  }

  /** Everything that is answered. */
  static List<Endpoint> endpoints(
      ServedGroups groups,
      ProcessMetrics metrics,
      LagHistories histories,
      ThreadFailures failures) {
    return Stream.of(
            new Dashboard().all(),
            new AdminEndpoints(groups, metrics, failures).all(),
            new Health(groups).endpoints(),
            new ApiEndpoints(groups, metrics, histories).all(),
            ActionHandler.endpoints())
        .flatMap(List::stream)
        .toList();
  }

  private static QueuedThreadPool threads() {
    QueuedThreadPool threads = new QueuedThreadPool(MOST_THREADS, 1);
    threads.setName("http");
    threads.setDaemon(true);
    threads.setReservedThreads(0);
    threads.setStopTimeout(0);
    return threads;
  }

  private static ServerConnector connector(
      Server jetty,
      ServerSocketChannel channel,
      @Nullable ServerTls tls,
      OpenConnections connections,
      Duration limit) {
    HttpConfiguration http = new HttpConfiguration();
    http.setSendServerVersion(false);
    http.setRequestHeaderSize(MOST_HEADER_BYTES);
    // The selector accepts, so that no thread is needed for that alone.
    ServerConnector connector = new ServerConnector(jetty, 0, 1, protocols(http, tls));
    // OpenConnections closes idle connections earlier, without a response.
    connector.setIdleTimeout(limit.multipliedBy(2).toMillis());
    connector.addBean(connections);
    try {
      connector.open(channel);
    } catch (IOException e) {
      throw new UncheckedIOException("A bound port cannot be listened on", e);
    }
    return connector;
  }

  private static ConnectionFactory[] protocols(HttpConfiguration http, @Nullable ServerTls tls) {
    HttpConnectionFactory plain = new HttpConnectionFactory(http);
    if (tls == null) {
      return new ConnectionFactory[] {plain};
    }
    // Which name the client uses is checked by AllowedHosts.
    http.addCustomizer(new SecureRequestCustomizer(false));
    return new ConnectionFactory[] {
      new SslConnectionFactory(tls.context(), plain.getProtocol()), plain
    };
  }

  private static HttpServer start(
      Server jetty,
      EventStream events,
      ActionWorker actions,
      @Nullable ServerTls tls,
      ServerSocketChannel channel) {
    try {
      HttpServer server =
          new HttpServer(
              jetty, events, actions, tls, (InetSocketAddress) channel.getLocalAddress());
      jetty.start();
      return server;
    } catch (Exception e) {
      throw new IllegalStateException("The HTTP server cannot be started", e);
    }
  }

  /** The {@code host:port} it listens on. */
  public String address() {
    InetAddress host = address.getAddress();
    return (host.isAnyLocalAddress() ? "localhost" : host.getHostAddress())
        + ":"
        + address.getPort();
  }

  /** Reads the certificate again now, if its files have changed. */
  void reloadCertificate() {
    if (tls != null) {
      tls.compare();
    }
  }

  @Override
  public void close() {
    events.close();
    actions.close();
    try {
      jetty.stop();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Exception e) {
      log.warn("The HTTP server did not stop cleanly: {}", e.toString());
    }
  }

  private static ServerSocketChannel bound(String listen) {
    try {
      ServerSocketChannel channel = ServerSocketChannel.open();
      channel.bind(address(listen), BACKLOG);
      return channel;
    } catch (IOException e) {
      throw DeliveryException.fatal(
          FailureKind.CONFIGURATION,
          "Cannot listen on \""
              + listen
              + "\" ("
              + e.getMessage()
              + "); fix: set another \"RPCListen\", such as \":8847\", or \"\" for none; --listen :8847"
              + " on the command line overrides it, for brokers that share a configuration",
          e);
    }
  }

  private static boolean isLoopback(ServerSocketChannel channel) {
    return channel.socket().getInetAddress().isLoopbackAddress();
  }

  private static InetSocketAddress address(String listen) {
    String host = hostOf(listen);
    int port = Integer.parseInt(listen.substring(listen.lastIndexOf(':') + 1));
    return host.isEmpty() ? new InetSocketAddress(port) : new InetSocketAddress(host, port);
  }

  private static String hostOf(String listen) {
    return listen.substring(0, listen.lastIndexOf(':')).replaceAll("[\\[\\]]", "");
  }
}
