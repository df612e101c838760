package io.binlogbroker.engine.source;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A statement that may be a change in statement format, whose rows the log does not show.
 *
 * @param verb its first word, such as INSERT
 * @param schemas all that it may have changed; null where the log does not tell
 * @param file binary log file that holds it
 * @param offset of its event in the file, 64 bits
 */
public record StatementChange(
    String verb, @Nullable Set<String> schemas, String file, long offset) {
  public StatementChange {
    schemas = schemas == null ? null : Set.copyOf(schemas);
  }
}
