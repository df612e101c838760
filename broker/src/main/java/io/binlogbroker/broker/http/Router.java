package io.binlogbroker.broker.http;

import io.binlogbroker.engine.thread.ThreadFailures;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Fields;

/**
 * Finds the endpoint of each request and sends its answer, on a thread of Jetty's pool. Nothing
 * here waits for a client: reads and writes are asynchronous.
 */
final class Router extends Handler.Abstract {
  private final List<Endpoint> endpoints;
  private final AllowedHosts hosts;
  private final OpenConnections connections;
  private final EventStream events;
  private final ThreadFailures failures;

  Router(
      List<Endpoint> endpoints,
      AllowedHosts hosts,
      OpenConnections connections,
      EventStream events,
      ThreadFailures failures) {
    this.endpoints = List.copyOf(endpoints);
    this.hosts = hosts;
    this.connections = connections;
    this.events = events;
    this.failures = failures;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    EndPoint connection = OpenConnections.of(request);
    Callback done = Callback.from(callback, () -> connections.renew(connection));
    Answer answer = unlessKnown(request, survived(request));
    if (!answer.type().equals(EventStream.TYPE)) {
      send(response, done, answer);
    } else if (!events.open(connection, response, done)) {
      send(response, done, Answer.refused(503, "too many clients of the events; try again later"));
    }
    return true;
  }

  static void send(Response response, Callback callback, Answer answer) {
    response.setStatus(answer.status());
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, answer.type());
    response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
    response.getHeaders().put("X-Content-Type-Options", "nosniff");
    answer.headers().forEach(response.getHeaders()::put);
    Content.Sink.write(response, true, answer.text(), callback);
  }

  /** A response without content where the client has it already. */
  private static Answer unlessKnown(Request request, Answer answer) {
    String tag = answer.headers().get("ETag");
    String known = request.getHeaders().get(HttpHeader.IF_NONE_MATCH);
    return tag != null && known != null && List.of(known.split("[ ,]+")).contains(tag)
        ? new Answer(304, answer.type(), "", answer.headers())
        : answer;
  }

  private Answer survived(Request request) {
    try {
      return answer(request);
    } catch (RuntimeException e) {
      failures.add(e);
      return Answer.refused(500, "internal error; see the log file");
    }
  }

  private Answer answer(Request request) {
    if (!hosts.allows(request.getHeaders().get(HttpHeader.HOST))) {
      return Answer.refused(
          403,
          "this broker refuses that Host header; fix: use its IP address, or add the name to"
              + " \"RPCHosts\"");
    }
    String path = request.getHttpURI().getPath();
    List<Endpoint> found =
        endpoints.stream().filter(endpoint -> endpoint.path().match(path) != null).toList();
    if (found.isEmpty()) {
      return Answer.refused(404, "");
    }
    for (Endpoint endpoint : found) {
      if (endpoint.method().equals(request.getMethod())) {
        return answer(request, endpoint);
      }
    }
    return Answer.refused(405, "")
        .with("Allow", found.stream().map(Endpoint::method).collect(Collectors.joining(", ")));
  }

  private static Answer answer(Request request, Endpoint endpoint) {
    Map<String, String> variables = endpoint.path().match(request.getHttpURI().getPath());
    Map<String, String> query;
    try {
      query = query(request);
    } catch (IllegalArgumentException | IllegalStateException e) {
      return Answer.refused(400, "expected a query in UTF-8 with valid %-escapes");
    }
    return endpoint.answer().apply(new Call(variables == null ? Map.of() : variables, query));
  }

  private static Map<String, String> query(Request request) {
    Map<String, String> query = new HashMap<>();
    for (Fields.Field field : Request.extractQueryParameters(request)) {
      query.put(field.getName(), field.getValue());
    }
    return query;
  }
}
