package io.binlogbroker.broker.http;

import java.util.function.Function;

/**
 * What answers one method at one path. Immutable.
 *
 * @param answer computes the response without waiting for another server
 */
record Endpoint(String method, PathTemplate path, Function<Call, Answer> answer) {
  static Endpoint get(String path, Function<Call, Answer> answer) {
    return new Endpoint("GET", new PathTemplate(path), answer);
  }

  /** What {@link ActionHandler} answers before the router. */
  static Endpoint action(String method, String path) {
    return new Endpoint(
        method,
        new PathTemplate(path),
        call -> {
          throw new IllegalStateException("Only the handler of actions answers " + path);
        });
  }
}
