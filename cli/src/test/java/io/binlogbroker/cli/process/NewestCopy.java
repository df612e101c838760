package io.binlogbroker.cli.process;

import com.fasterxml.jackson.databind.JsonNode;
import io.binlogbroker.client.ChangeRecord;
import io.binlogbroker.client.RowChange.Operation;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A {@link CopiedTable} as a consumer has it that ignores messages which are older than what it
 * knows of their key: messages may be repeated. One thread.
 */
final class NewestCopy {
  private final Map<Long, Key> keys = new HashMap<>();
  private long repeated;

  /** The newest message of a key. */
  private static final class Key {
    private boolean read;
    private @Nullable String row;
    private long version = -1;
  }

  void accept(ChangeRecord record) {
    Key key = keys.computeIfAbsent(CopyReader.id(record), id -> new Key());
    if (record.change().operation() == Operation.READ) {
      repeated += key.read ? 1 : 0;
      key.read = true;
    }
    Map<String, JsonNode> after = record.change().after();
    long version = CopyReader.version(CopyReader.row(record));
    // A delete has the version of the row that it deletes.
    if (version > key.version || (version == key.version && after == null)) {
      key.version = version;
      key.row = after == null ? null : ExactCopy.text(after);
    }
  }

  /** The number of rows of the snapshot that were delivered before. */
  long repeated() {
    return repeated;
  }

  @Nullable String row(long id) {
    Key key = keys.get(id);
    return key == null ? null : key.row;
  }

  long rows() {
    return keys.values().stream().filter(key -> key.row != null).count();
  }
}
