package io.binlogbroker.cli.position.foreign;

import com.fasterxml.jackson.databind.JsonNode;
import io.binlogbroker.engine.model.BinlogPosition;
import io.binlogbroker.engine.source.mysql.check.ReadPosition;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the offset of Debezium's MySQL or MariaDB connector. In the middle of a transaction, {@code
 * pos} is its BEGIN event, and {@code event} and {@code row} count what is read from there; {@code
 * gtids} is the set before it.
 */
public final class DebeziumOffset {
  private DebeziumOffset() {}

  /**
   * Reads the offset from its JSON form.
   *
   * @throws io.binlogbroker.engine.model.DeliveryException when it is none, or the connector was in
   *     a snapshot
   */
  public static ForeignPosition read(byte[] json, String origin) {
    StrictJson offset = StrictJson.read(json, origin);
    if (offset.has("payload")) {
      offset = offset.object("payload"); // a converter with schemas
    }
    BinlogPosition place = offset.place("file", "pos");
    requireNoSnapshot(offset, place, origin);
    ReadPosition read =
        new ReadPosition(
            place,
            offset.text("gtids"),
            offset.number("server_id"),
            offset.number("event"),
            offset.number("row"),
            false);
    return new ForeignPosition(read, offset.seconds("ts_sec"), notes(offset), origin);
  }

  /** A connector that restarts in a snapshot begins it again; its offset is where it began. */
  private static void requireNoSnapshot(StrictJson offset, BinlogPosition place, String origin) {
    if (offset.isSet("snapshot") && !offset.isSet("snapshot_completed")) {
      throw StrictJson.fault(
          origin,
          "the connector was in a snapshot (\"snapshot\": %s), so rows that it had not read yet are"
                  .formatted(offset.node("snapshot"))
              + " in no topic. Let it complete the snapshot, or start at the place where the"
              + " snapshot began and read the tables again: \"binlogbroker position set --file %s"
                  .formatted(place.file())
              + " --pos %d\" and \"Snapshot\": \"initial\" (docs/snapshot.md)"
                  .formatted(place.offset()));
    }
  }

  private static List<String> notes(StrictJson offset) {
    List<String> notes = new ArrayList<>();
    JsonNode tables = offset.node("incremental_snapshot_collections");
    if (tables.isTextual() && !tables.textValue().isBlank() && !tables.textValue().equals("[]")) {
      notes.add(
          "an incremental snapshot was not complete: run \"binlogbroker snapshot start\" for the"
              + " tables in "
              + tables.textValue());
    }
    return notes;
  }
}
