package io.binlogbroker.cli.position.foreign;

import com.fasterxml.jackson.databind.JsonNode;
import io.binlogbroker.engine.model.DeliveryException;
import io.binlogbroker.engine.model.FailureKind;
import io.binlogbroker.engine.source.mysql.check.ReadPosition;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads Canal's cursor: from {@code meta.dat}, which has one for each client of an instance, or as
 * the value in ZooKeeper. Its position is the start of the last event that a client has confirmed,
 * which ends a transaction or begins one; its GTIDs then include that one.
 */
public final class CanalCursor {
  private CanalCursor() {}

  /**
   * @param clientId of the cursor in meta.dat; null where it has only one
   */
  public static ForeignPosition read(byte[] json, @Nullable String clientId, String origin) {
    StrictJson all = StrictJson.read(json, origin);
    if (!all.has("clientDatas")) {
      return cursor(all, origin);
    }
    List<StrictJson> cursors = new ArrayList<>();
    List<String> ids = new ArrayList<>();
    for (JsonNode data : all.node("clientDatas")) {
      StrictJson client = StrictJson.of(data, origin);
      String id = client.object("clientIdentity").node("clientId").asText();
      ids.add(id);
      if (client.has("cursor") && (clientId == null || clientId.equals(id))) {
        cursors.add(client.object("cursor"));
      }
    }
    if (cursors.size() != 1) {
      throw DeliveryException.fatal(
          FailureKind.INVALID_ARGUMENT,
          "Expected the cursor of one client in %s but found %d%s; its clients are %s"
                  .formatted(
                      origin, cursors.size(), clientId == null ? "" : " of client " + clientId, ids)
              + ": select one with --client-id");
    }
    return cursor(cursors.get(0), origin);
  }

  /** The member is misspelled in Canal; a position alone is accepted as well. */
  private static ForeignPosition cursor(StrictJson cursor, String origin) {
    StrictJson entry = cursor.has("postion") ? cursor.object("postion") : cursor;
    ReadPosition read =
        new ReadPosition(
            entry.place("journalName", "position"),
            entry.text("gtid"),
            entry.number("serverId"),
            0,
            0,
            true);
    return new ForeignPosition(read, entry.millis("timestamp"), List.of(), origin);
  }
}
