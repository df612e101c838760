package io.binlogbroker.engine.source;

import io.binlogbroker.engine.model.BinlogPosition;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A statement that may be a change in statement format, whose rows the log does not contain.
 *
 * @param verb its first word, such as INSERT
 * @param schemas all that it may have changed; null where the log does not tell
 * @param place of its event
 */
public record StatementChange(String verb, @Nullable Set<String> schemas, BinlogPosition place) {
  public StatementChange {
    schemas = schemas == null ? null : Set.copyOf(schemas);
  }
}
