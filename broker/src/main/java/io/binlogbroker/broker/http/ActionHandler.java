package io.binlogbroker.broker.http;

import io.binlogbroker.broker.admin.BrokerState;
import io.binlogbroker.broker.http.action.Access;
import io.binlogbroker.broker.http.action.ActionRequest;
import io.binlogbroker.broker.http.action.ActionResult;
import io.binlogbroker.broker.http.action.ActionWorker;
import io.binlogbroker.broker.http.action.GroupAction;
import io.binlogbroker.broker.http.action.Requester;
import io.binlogbroker.broker.http.action.Verdict;
import io.binlogbroker.broker.http.action.WrongTokens;
import io.binlogbroker.engine.thread.ThreadFailures;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/**
 * Answers requests for actions, and leaves all others to the router. Decides on a thread of Jetty's
 * pool, which waits for nothing; the action itself runs on the worker's thread.
 */
final class ActionHandler extends Handler.Wrapper {
  /** Longer than any server's own timeouts for the few requests that an action makes. */
  private static final Duration LIMIT = Duration.ofSeconds(20);

  /** Makes guessing slow without occupying a thread. */
  private static final long GUESS_DELAY_MILLIS = 1_000;

  private static final Duration TIME_TO_ANSWER = Duration.ofSeconds(5);
  private static final Pattern JSON =
      Pattern.compile("application/json\\s*(;\\s*charset\\s*=\\s*\"?utf-8\"?\\s*)?");

  private final ServedGroups groups;
  private final Access access;
  private final AllowedHosts hosts;
  private final OpenConnections connections;
  private final ActionWorker worker;
  private final Scheduler scheduler;
  private final ThreadFailures failures;
  private final WrongTokens wrongTokens = new WrongTokens(System::nanoTime);

  /** An action and the variables of its path. */
  private record Found(GroupAction action, Map<String, String> variables) {}

  /** A route to an action. */
  private record Route(Endpoint endpoint, GroupAction action) {}

  private static final List<Route> ROUTES = routes();

  ActionHandler(
      ServedGroups groups,
      Access access,
      AllowedHosts hosts,
      OpenConnections connections,
      ActionWorker worker,
      Scheduler scheduler,
      ThreadFailures failures) {
    this.groups = groups;
    this.access = access;
    this.hosts = hosts;
    this.connections = connections;
    this.worker = worker;
    this.scheduler = scheduler;
    this.failures = failures;
  }

  /** Methods and paths of all actions. */
  static List<Endpoint> endpoints() {
    return ROUTES.stream().map(Route::endpoint).toList();
  }

  private static List<Route> routes() {
    List<Route> routes = new ArrayList<>();
    for (GroupAction action : GroupAction.values()) {
      Endpoint endpoint =
          action == GroupAction.PUT_CONFIG
              ? Endpoint.action("PUT", ApiEndpoints.GROUP + "/config")
              : Endpoint.action("POST", ApiEndpoints.GROUP + "/actions/" + action.word());
      routes.add(new Route(endpoint, action));
    }
    return List.copyOf(routes);
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    Found found = find(request);
    // The router refuses a foreign Host.
    if (found == null || !hosts.allows(request.getHeaders().get(HttpHeader.HOST))) {
      return super.handle(request, response, callback);
    }
    EndPoint connection = OpenConnections.of(request);
    Callback done = Callback.from(callback, () -> connections.renew(connection));
    Requester requester = requester(request);
    Verdict verdict = access.decide(requester);
    String caller = verdict.caller();
    if (caller != null) {
      accept(request, response, done, found, caller);
      return true;
    }
    Answer refusal = refusal(verdict);
    if (verdict.isGuess()) {
      wrongTokens.add(requester);
      scheduler.schedule(
          () -> failures.survive(() -> Router.send(response, done, refusal)),
          GUESS_DELAY_MILLIS,
          TimeUnit.MILLISECONDS);
    } else {
      Router.send(response, done, refusal);
    }
    return true;
  }

  private static @Nullable Found find(Request request) {
    String path = request.getHttpURI().getPath();
    for (Route route : ROUTES) {
      Map<String, String> variables = route.endpoint().path().match(path);
      if (variables != null && route.endpoint().method().equals(request.getMethod())) {
        return new Found(route.action(), variables);
      }
    }
    return null;
  }

  private static Requester requester(Request request) {
    InetAddress peer =
        request.getConnectionMetaData().getRemoteSocketAddress() instanceof InetSocketAddress socket
            ? socket.getAddress()
            : null;
    return new Requester(
        peer,
        name -> request.getHeaders().get(name),
        AllowedHosts.isLocal(request.getHeaders().get(HttpHeader.HOST)));
  }

  private static Answer refusal(Verdict verdict) {
    Answer answer = Answer.refused(verdict.status(), verdict.reason());
    return verdict.status() == 401 ? answer.with("WWW-Authenticate", "Bearer") : answer;
  }

  private void accept(
      Request request, Response response, Callback done, Found found, String caller) {
    BrokerState group = groups.named(found.variables().getOrDefault("group", "")).orElse(null);
    Answer refusal = group == null ? ApiEndpoints.unknownGroup() : refusal(request, found, group);
    if (group == null || refusal != null) {
      Router.send(response, done, refusal == null ? ApiEndpoints.unknownGroup() : refusal);
      return;
    }
    var unused =
        Content.Source.asByteArrayAsync(request, found.action().mostBytes())
            .whenComplete(
                (body, failure) ->
                    failures.survive(
                        () -> {
                          if (failure == null) {
                            act(request, response, done, group, found.action(), body, caller);
                          } else {
                            Router.send(response, done, tooLarge(found.action()));
                          }
                        }));
  }

  /** Why the request is refused before its body is read; null where it is not. */
  private static @Nullable Answer refusal(Request request, Found found, BrokerState group) {
    String type = request.getHeaders().get(HttpHeader.CONTENT_TYPE);
    if (type == null || !JSON.matcher(type.strip().toLowerCase(Locale.ROOT)).matches()) {
      return Answer.refused(415, "expected Content-Type: application/json");
    }
    if (request.getLength() > found.action().mostBytes()) {
      return tooLarge(found.action());
    }
    String ended = group.ended();
    return ended == null ? null : Answer.refused(409, "The group has ended: " + ended);
  }

  private static Answer tooLarge(GroupAction action) {
    return Answer.refused(
        413, "expected a body of at most " + action.mostBytes() / 1024 + " KiB, sent completely");
  }

  private void act(
      Request request,
      Response response,
      Callback done,
      BrokerState group,
      GroupAction action,
      byte[] body,
      String caller) {
    ActionRequest asked =
        new ActionRequest(
            group.group(),
            action,
            body,
            request.getHeaders().get(HttpHeader.IF_MATCH),
            query(request),
            caller);
    connections.renew(OpenConnections.of(request), LIMIT.plus(TIME_TO_ANSWER));
    CompletableFuture<ActionResult> result = new CompletableFuture<>();
    Runnable interrupt = worker.submit(group.control(), asked, result);
    Scheduler.Task timeout =
        scheduler.schedule(
            () -> expire(result, interrupt), LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    var unused =
        result.thenAccept(
            known -> {
              timeout.cancel();
              Router.send(response, done, Answer.json(known.status(), known.json()));
            });
  }

  private static Map<String, String> query(Request request) {
    Map<String, String> query = new HashMap<>();
    Request.extractQueryParameters(request)
        .forEach(each -> query.put(each.getName(), each.getValue()));
    return query;
  }

  private static void expire(CompletableFuture<ActionResult> result, Runnable interrupt) {
    if (result.complete(ActionResult.late(LIMIT))) {
      interrupt.run();
    }
  }
}
