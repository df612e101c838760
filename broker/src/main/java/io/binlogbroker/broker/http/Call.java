package io.binlogbroker.broker.http;

import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A request as an endpoint receives it. Immutable.
 *
 * @param variables parts of the path by their names in its template
 * @param query parameters, decoded; of a repeated one, the first
 */
record Call(Map<String, String> variables, Map<String, String> query) {
  Call {
    variables = Map.copyOf(variables);
    query = Map.copyOf(query);
  }

  /** A variable of the path's template. */
  String variable(String name) {
    return Objects.requireNonNull(variables.get(name), name);
  }

  /** A parameter of the query; null where it is missing. */
  @Nullable String parameter(String name) {
    return query.get(name);
  }
}
