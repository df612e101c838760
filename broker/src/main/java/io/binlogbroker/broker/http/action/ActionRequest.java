package io.binlogbroker.broker.http.action;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A request for an action, by somebody who may act. The body may contain secrets.
 *
 * @param group its name
 * @param ifMatch the header with the revision of the configuration to replace; null where it is
 *     missing
 * @param force the parameter of that name in the query; null where it is missing
 * @param caller who acts, for the log
 */
public record ActionRequest(
    String group,
    GroupAction action,
    byte[] body,
    @Nullable String ifMatch,
    @Nullable String force,
    String caller) {
  private static final Pattern REVISION = Pattern.compile("\"?([0-9]{1,18})\"?");

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

  boolean isForced() {
    if (force != null && !force.equals("true") && !force.equals("false")) {
      throw new InvalidBodyException("force: expected true or false");
    }
    return "true".equals(force);
  }

  /** Omits the body, which may contain secrets. */
  @Override
  public String toString() {
    return action.word() + " of group " + group + " by " + caller;
  }
}
