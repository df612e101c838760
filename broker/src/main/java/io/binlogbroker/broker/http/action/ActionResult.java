package io.binlogbroker.broker.http.action;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.binlogbroker.broker.admin.ConfigPreview;
import io.binlogbroker.broker.admin.ConflictException;
import io.binlogbroker.engine.model.ConfigException;
import io.binlogbroker.engine.model.DeliveryException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The result of an action, as the client receives it.
 *
 * @param status of HTTP
 * @param text what was done, or why not
 * @param revision of the configuration that was written; 0 for none
 * @param preview of the configuration that was only checked; null for none
 */
public record ActionResult(
    int status, String text, long revision, @Nullable ConfigPreview preview) {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private ActionResult(int status, String text, long revision) {
    this(status, text, revision, null);
  }

  /** Done, or recorded to be done soon. */
  static ActionResult done(String text) {
    return new ActionResult(202, text, 0);
  }

  /** A configuration is written. */
  static ActionResult written(long revision) {
    return new ActionResult(200, "Written, revision " + revision, revision);
  }

  /** A configuration could be written, and is not. */
  static ActionResult valid(ConfigPreview preview) {
    return new ActionResult(200, "Valid, not written", 0, preview);
  }

  /** Not done, because of the request or of the state of things. */
  static ActionResult refused(int status, String reason) {
    return new ActionResult(status, reason, 0);
  }

  /** The action has not ended in time, and is interrupted. */
  public static ActionResult late(Duration limit) {
    return refused(
        504,
        "not finished after " + limit.toSeconds() + " s and interrupted; the log has its result");
  }

  /** The response to a failure; that of an internal error does not show its message. */
  static ActionResult of(RuntimeException failure) {
    String message = String.valueOf(failure.getMessage());
    if (failure instanceof ConflictException) {
      return refused(409, message);
    }
    if (failure instanceof ConfigException || failure instanceof InvalidBodyException) {
      return refused(failure instanceof ConfigException ? 422 : 400, message);
    }
    if (failure instanceof DeliveryException refusal) {
      return refused(refusal.isRetriable() ? 503 : 422, message);
    }
    return refused(500, "internal error; see the log file");
  }

  public boolean isDone() {
    return status < 300 && preview == null;
  }

  public ObjectNode json() {
    ObjectNode json = MAPPER.createObjectNode().put("done", isDone()).put("text", text);
    if (revision != 0) {
      json.put("revision", revision);
    }
    return preview == null ? json : json.set("preview", json(preview));
  }

  private static ObjectNode json(ConfigPreview preview) {
    ObjectNode json = MAPPER.createObjectNode();
    json.set("rules_added", MAPPER.valueToTree(preview.added()));
    json.set("rules_removed", MAPPER.valueToTree(preview.removed()));
    json.set("restart", MAPPER.valueToTree(preview.restart()));
    return json.set("notes", MAPPER.valueToTree(preview.notes()));
  }
}
