package io.binlogbroker.cli.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.binlogbroker.client.ChangeRecord;
import io.binlogbroker.client.RowChange.Operation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A {@link CopiedTable} as a consumer that applies the messages in order has it, and what is wrong
 * with their order. One thread.
 *
 * <ul>
 *   <li>Each change continues where the last message of its key ended: the row before it has the
 *       version that is known, or the first one if no message was about this key. So no change is
 *       missing, repeated or in the wrong place.
 *   <li>A row of the snapshot has exactly the version that is known, or the first one: it is
 *       neither older than the stream nor ahead of it. After a takeover, the keys that the stream
 *       has delivered are forgotten, so it may repeat what is known.
 *   <li>A key is read at most once, also when its row was deleted and inserted again: a snapshot
 *       passes each range of the keys once, and what a committed state has passed is not read
 *       again.
 * </ul>
 */
final class ExactCopy {
  private static final int MOST_VIOLATIONS = 10;

  private final Map<Long, Key> keys = new HashMap<>();
  private final List<String> violations = new ArrayList<>();
  private long changes;
  private long read;
  private long repeated;

  /** What the messages of a key said. */
  private static final class Key {
    private boolean seen;
    private boolean read;
    private @Nullable String row;
    private long version = CopiedTable.FIRST_VERSION;
  }

  /**
   * Reads up to the last row and requires that the messages, applied in their order, give the
   * table, that none is missing, repeated or in the wrong place, and that the snapshot never
   * started over.
   */
  static ExactCopy verified(Shop shop, CopiedTable table, SnapshotHistory history) {
    ExactCopy copy = new ExactCopy();
    CopyReader.read(shop, copy::accept);
    assertThat(copy.violations).isEmpty();
    assertThat(table.differences(copy::row, copy.rows())).isEmpty();
    assertThat(copy.changes).as("changes").isEqualTo(shop.changes());
    assertThat(history.setbacks()).isEmpty();
    assertThat(history.last().rows()).as("rows of the snapshot").isEqualTo(copy.read);
    return copy;
  }

  private void accept(ChangeRecord record) {
    Operation operation = record.change().operation();
    Key key = keys.computeIfAbsent(CopyReader.id(record), id -> new Key());
    Map<String, JsonNode> before = record.change().before();
    if (operation == Operation.READ) {
      read++;
      repeated += key.seen ? 1 : 0;
      require(!key.read, "read before", key, record);
      require(!key.seen || key.row != null, "deleted", key, record);
      require(versionAfter(record) == key.version, "of another version", key, record);
      key.read = true;
    } else {
      changes += record.half() == ChangeRecord.Half.ARRIVES ? 0 : 1;
      if (before == null) {
        require(key.row == null, "not deleted", key, record);
        require(versionAfter(record) > key.version, "not newer", key, record);
      } else {
        require(!key.seen || key.row != null, "deleted", key, record);
        require(CopyReader.version(before) == key.version, "of another version", key, record);
      }
    }
    apply(key, record.change().after());
  }

  private static void apply(Key key, @Nullable Map<String, JsonNode> after) {
    key.seen = true;
    key.row = after == null ? null : text(after);
    key.version = after == null ? key.version : CopyReader.version(after);
  }

  static String text(Map<String, JsonNode> row) {
    Map<String, String> texts = new HashMap<>();
    row.forEach((column, cell) -> texts.put(column, cell.asText()));
    return CopiedTable.text(texts);
  }

  private static long versionAfter(ChangeRecord record) {
    return CopyReader.version(CopyReader.row(record));
  }

  private void require(boolean holds, String what, Key key, ChangeRecord record) {
    if (!holds && violations.size() < MOST_VIOLATIONS) {
      violations.add(
          "%s: %s, while version %d is known: %s"
              .formatted(record, what, key.version, record.change().toJson()));
    }
  }

  private @Nullable String row(long id) {
    Key key = keys.get(id);
    return key == null ? null : key.row;
  }

  private long rows() {
    return keys.values().stream().filter(key -> key.row != null).count();
  }

  @Override
  public String toString() {
    return "%d rows read, %d of them known before, %d changes".formatted(read, repeated, changes);
  }
}
