package io.binlogbroker.broker.http.action;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A request for an action, by somebody who may act. The body may contain secrets.
 *
 * @param group its name
 * @param ifMatch the header with the revision of the configuration to replace; null where it is
 *     missing
 * @param query its parameters; the first value of each
 * @param caller who acts, for the log
 */
public record ActionRequest(
    String group,
    GroupAction action,
    byte[] body,
    @Nullable String ifMatch,
    Map<String, String> query,
    String caller) {
  private static final Pattern REVISION = Pattern.compile("\"?([0-9]{1,18})\"?");

  public ActionRequest {
    query = Map.copyOf(query);
  }

  ActionBody json() {
    return ActionBody.of(body);
  }

  long expectedRevision() {
    Matcher revision = REVISION.matcher(ifMatch == null ? "" : ifMatch.strip());
    if (!revision.matches()) {
      throw new InvalidBodyException(
          "expected the header If-Match with the revision of the configuration to replace, such as"
              + " If-Match: \"12\"");
    }
    return Long.parseLong(revision.group(1));
  }

  /** A parameter of the query that is true or false; false where it is missing. */
  boolean flag(String name) {
    String value = query.getOrDefault(name, "false");
    if (!value.equals("true") && !value.equals("false")) {
      throw new InvalidBodyException(name + ": expected true or false");
    }
    return value.equals("true");
  }

  /** Omits the body, which may contain secrets. */
  @Override
  public String toString() {
    return action.word() + " of group " + group + " by " + caller;
  }
}
