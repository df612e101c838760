package io.binlogbroker.broker.relay;

import java.util.Set;

/**
 * A change in statement format, whose rows the log does not show.
 *
 * @param verb its first word, such as INSERT
 * @param schemas it may be about: some of them may be tables or aliases
 * @param file binary log file that holds it
 * @param offset of its event in the file, 64 bits
 */
public record StatementChange(String verb, Set<String> schemas, String file, long offset) {
  public StatementChange {
    schemas = Set.copyOf(schemas);
  }
}
