package io.binlogbroker.broker.admin;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.binlogbroker.broker.ha.MasterJson;
import io.binlogbroker.engine.model.DeliveryException;
import io.binlogbroker.engine.model.FailureKind;
import io.binlogbroker.engine.relay.ThreadFailures;
import io.binlogbroker.engine.schema.catalogue.ParkedTable;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves HTTP GET requests for the status and metrics of a process's groups, on daemon threads,
 * until it is closed. With several groups, {@code ?group=NAME} selects one.
 */
public final class AdminServer implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(AdminServer.class);
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String JSON = "application/json";
  private static final String TEXT = "text/plain; charset=utf-8";
  private static final int BACKLOG = 50;
  private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";

  private static final Duration LIMIT = Duration.ofSeconds(5);

  private final HttpListener listener;
  private final AllowedHosts hosts;
  private final List<BrokerState> groups;
  private final Map<String, Answer> answers;
  private final ThreadFailures failures = new ThreadFailures();

  /** The response at a path. */
  private record Answer(String type, Function<RequestHead, @Nullable String> text) {}

  private AdminServer(
      ServerSocket server,
      AllowedHosts hosts,
      List<? extends BrokerState> groups,
      ProcessMetrics metrics,
      Duration limit) {
    this.listener = new HttpListener(server, this::answer, limit, failures);
    this.hosts = hosts;
    this.groups = List.copyOf(groups);
    this.answers =
        Map.of(
            "/admin/myrole",
                new Answer(JSON, request -> text(request, AdminServer::role, ObjectNode::toString)),
            "/admin/status",
                new Answer(JSON, request -> text(request, this::status, AdminServer::pretty)),
            "/metrics", new Answer(PROMETHEUS, request -> metrics.text()));
  }

  /**
   * @param listen {@code :port} or {@code host:port}; port 0 selects a free one
   * @param hosts names that clients may use for this host, in addition to its own
   * @param groups that the process serves
   * @param metrics of these groups
   * @throws DeliveryException fatal when it cannot listen there
   */
  public static AdminServer open(
      String listen,
      List<String> hosts,
      List<? extends BrokerState> groups,
      ProcessMetrics metrics) {
    return open(listen, hosts, groups, metrics, LIMIT);
  }

  public static AdminServer open(
      String listen,
      List<String> hosts,
      List<? extends BrokerState> groups,
      ProcessMetrics metrics,
      Duration limit) {
    AllowedHosts allowed = new AllowedHosts(hostOf(listen), hosts);
    AdminServer admin = new AdminServer(bound(listen), allowed, groups, metrics, limit);
    admin.listener.start();
    log.info("Listening at http://{}/admin/status", admin.address());
    return admin;
  }

  /** The {@code host:port} it listens on. */
  public String address() {
    InetSocketAddress address = listener.address();
    InetAddress host = address.getAddress();
    return (host.isAnyLocalAddress() ? "localhost" : host.getHostAddress())
        + ":"
        + address.getPort();
  }

  @Override
  public void close() {
    listener.close();
  }

  /**
   * The response for the group in the request, or for all groups; null where there is no such
   * group.
   */
  private @Nullable String text(
      RequestHead request,
      Function<BrokerState, ObjectNode> about,
      Function<ObjectNode, String> written) {
    String name = request.parameter("group");
    if (name == null && groups.size() != 1) {
      ObjectNode all = MAPPER.createObjectNode();
      ArrayNode list = all.putArray("groups");
      groups.forEach(
          group -> list.addObject().put("group", group.group()).setAll(about.apply(group)));
      return written.apply(all);
    }
    return groups.stream()
        .filter(group -> name == null || group.group().equals(name))
        .findFirst()
        .map(group -> written.apply(about.apply(group)))
        .orElse(null);
  }

  private static String pretty(ObjectNode json) {
    return json.toPrettyString() + "\n";
  }

  private static ObjectNode role(BrokerState state) {
    return MAPPER.createObjectNode().put("role", state.isMaster() ? "master" : "slave");
  }

  private ObjectNode status(BrokerState state) {
    ObjectNode json = role(state).put("group", state.group());
    MasterJson.put(json, state.rules());
    json.put("gaps", state.gaps());
    json.put("statement_events", state.statementEvents());
    json.put("parked_rows", state.parkedRows());
    json.put("thread_failures", state.threadFailures().count() + failures.count());
    String last = state.threadFailures().last();
    String lastThreadFailure = last == null ? failures.last() : last;
    if (lastThreadFailure != null) {
      json.put("last_thread_failure", lastThreadFailure);
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
    SnapshotJson.put(json, state.snapshots());
    return json;
  }

  private void answer(Socket connection) throws IOException {
    RequestHead request = RequestHead.read(connection.getInputStream());
    byte[] response;
    try {
      response = response(request);
    } catch (RuntimeException e) {
      failures.add(e);
      response = response("500 Internal Server Error", TEXT, "internal error; see the log file\n");
    }
    connection.getOutputStream().write(response);
  }

  private byte[] response(@Nullable RequestHead request) {
    if (request == null) {
      return response("400 Bad Request", TEXT, "expected an HTTP/1 request of at most 8 KiB\n");
    }
    if (!hosts.allows(request.host())) {
      return response(
          "403 Forbidden",
          TEXT,
          "this broker refuses that Host header; fix: use its IP address, or add the name to"
              + " \"RPCHosts\"\n");
    }
    Answer answer = answers.get(request.path());
    if (answer == null) {
      return response("404 Not Found", TEXT, "");
    }
    if (!request.method().equals("GET")) {
      return response("405 Method Not Allowed\r\nAllow: GET", TEXT, "");
    }
    String text = answer.text.apply(request);
    return text == null
        ? response("404 Not Found", TEXT, "this process does not serve that group\n")
        : response("200 OK", answer.type, text);
  }

  private static byte[] response(String status, String type, String text) {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    String head =
        "HTTP/1.1 %s\r\nContent-Type: %s\r\nContent-Length: %d\r\nConnection: close\r\n\r\n"
            .formatted(status, type, body.length);
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(head.getBytes(StandardCharsets.US_ASCII));
    all.writeBytes(body);
    return all.toByteArray();
  }

  private static ServerSocket bound(String listen) {
    try {
      ServerSocket server = new ServerSocket();
      server.bind(address(listen), BACKLOG);
      return server;
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

  private static InetSocketAddress address(String listen) {
    String host = hostOf(listen);
    int port = Integer.parseInt(listen.substring(listen.lastIndexOf(':') + 1));
    return host.isEmpty() ? new InetSocketAddress(port) : new InetSocketAddress(host, port);
  }

  private static String hostOf(String listen) {
    return listen.substring(0, listen.lastIndexOf(':')).replaceAll("[\\[\\]]", "");
  }
}
