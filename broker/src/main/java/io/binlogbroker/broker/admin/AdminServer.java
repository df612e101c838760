package io.binlogbroker.broker.admin;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.binlogbroker.broker.catalogue.ParkedTable;
import io.binlogbroker.broker.relay.ExitCode;
import io.binlogbroker.broker.relay.MasterJson;
import io.binlogbroker.broker.relay.RelayException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers GET requests about a broker, master or slave, on two daemon threads from its opening to
 * its end.
 */
public final class AdminServer implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(AdminServer.class);
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String JSON = "application/json";
  private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";

  private static final int NO_BODY = -1;
  private static final int THREADS = 2;

  static {
    // In seconds; without them, whoever leaves a request half open holds up all others.
    System.setProperty("sun.net.httpserver.maxReqTime", "5");
    System.setProperty("sun.net.httpserver.maxRspTime", "5");
  }

  private final HttpServer server;

  private AdminServer(HttpServer server) {
    this.server = server;
  }

  /**
   * @param listen {@code :port} or {@code host:port}; port 0 takes a free one
   * @throws RelayException fatal when it cannot listen there
   */
  public static AdminServer open(String listen, BrokerState state) {
    AdminServer admin = new AdminServer(bound(listen));
    Metrics metrics = new Metrics(state);
    admin.answer("/admin/myrole", JSON, () -> role(state).toString());
    admin.answer("/admin/status", JSON, () -> status(state).toPrettyString() + "\n");
    admin.answer("/metrics", PROMETHEUS, metrics::text);
    ExecutorService threads = Executors.newFixedThreadPool(THREADS, AdminServer::daemon);
    admin.server.setExecutor(threads);
    // On a daemon, since the dispatcher inherits that it is one.
    CompletableFuture.runAsync(admin.server::start, threads).join();
    log.info("Answering at http://{}/admin/status", admin.address());
    return admin;
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "admin");
    thread.setDaemon(true);
    return thread;
  }

  /** {@code host:port} it listens on. */
  public String address() {
    InetSocketAddress address = server.getAddress();
    InetAddress host = address.getAddress();
    return (host.isAnyLocalAddress() ? "localhost" : host.getHostAddress())
        + ":"
        + address.getPort();
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private static ObjectNode role(BrokerState state) {
    return MAPPER.createObjectNode().put("role", state.isMaster() ? "master" : "slave");
  }

  private static ObjectNode status(BrokerState state) {
    ObjectNode json = role(state).put("group", state.group());
    MasterJson.put(json, state.rules());
    json.put("gaps", state.gaps());
    json.put("statement_events", state.statementEvents());
    json.put("parked_rows", state.parkedRows());
    json.put("thread_failures", state.threadFailures());
    if (state.lastThreadFailure() != null) {
      json.put("last_thread_failure", state.lastThreadFailure());
    }
    ArrayNode parked = json.putArray("parked");
    for (ParkedTable table : state.parked()) {
      parked
          .addObject()
          .put("schema", table.schema())
          .put("table", table.table())
          .put("file", table.place().file())
          .put("pos", table.place().offset())
          .put("reason", table.reason());
    }
    return json;
  }

  private void answer(String path, String type, Supplier<String> text) {
    server.createContext(path, exchange -> handle(exchange, path, type, text));
  }

  private static void handle(HttpExchange exchange, String path, String type, Supplier<String> text)
      throws IOException {
    try (exchange) {
      if (!exchange.getRequestURI().getPath().equals(path)) {
        exchange.sendResponseHeaders(404, NO_BODY);
        return;
      }
      if (!exchange.getRequestMethod().equals("GET")) {
        exchange.getResponseHeaders().set("Allow", "GET");
        exchange.sendResponseHeaders(405, NO_BODY);
        return;
      }
      byte[] body = text.get().getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", type);
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private static HttpServer bound(String listen) {
    try {
      return HttpServer.create(address(listen), 0);
    } catch (IOException e) {
      throw RelayException.fatal(
          ExitCode.CONFIG,
          "Cannot listen on \""
              + listen
              + "\" ("
              + e.getMessage()
              + "): set another \"RPCListen\", such as \":8847\", or \"\" for none",
          e);
    }
  }

  private static InetSocketAddress address(String listen) {
    int colon = listen.lastIndexOf(':');
    String host = listen.substring(0, colon).replaceAll("[\\[\\]]", "");
    int port = Integer.parseInt(listen.substring(colon + 1));
    return host.isEmpty() ? new InetSocketAddress(port) : new InetSocketAddress(host, port);
  }
}
